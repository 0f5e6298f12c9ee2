import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../../preload/contract/engines'
import { findCommand } from '../engines/findCommand'

/** Terminals of Linux desktops, the person's own choice first, with what comes before a command. */
const linuxTerminals = [
  ['x-terminal-emulator', '-e'],
  ['gnome-terminal', '--'],
  ['kgx', '--'],
  ['konsole', '-e'],
  ['xfce4-terminal', '-x'],
  ['kitty'],
  ['alacritty', '-e'],
  ['foot'],
  ['wezterm', 'start', '--'],
  ['xterm', '-e'],
] as const

/**
 * The command that opens a shell of a container by the engine's own client, as a program and its arguments;
 * null where that client cannot be told how this engine is reached.
 */
export function execCommand(
  engine: Pick<Engine, 'kind' | 'endpoint' | 'settings'>,
  containerId: string,
): string[] | null {
  const { kind, endpoint, settings } = engine
  const special = settings?.tls ?? settings?.ssh?.identityFile ?? settings?.ssh?.jump ?? null
  if (kind === null || special !== null || !/^(unix|npipe|tcp|ssh):\/\/[^\s;]+$/.test(endpoint)) {
    return null
  }
  // Docker's client takes no path in an ssh address; it asks the host's own.
  const host = kind === 'docker' ? endpoint.replace(/^(ssh:\/\/[^/]+)\/.*$/, '$1') : endpoint
  const way = kind === 'docker' ? ['-H', host] : ['--url', host]
  return [kind, ...way, 'exec', '-it', containerId, 'sh']
}

/** Where to run a command on Linux or Windows; null where no terminal is known to be there. */
export async function terminalFor(
  command: readonly string[],
  platform: NodeJS.Platform,
  path = process.env['PATH'],
): Promise<string[] | null> {
  const known = platform === 'win32' ? [['wt'], ['conhost']] : linuxTerminals
  for (const [program, ...before] of known) {
    const found = program && (await findCommand(program, path))
    if (found) return [found, ...before, ...command]
  }
  return null
}

/**
 * Runs a command in the system's terminal. False where there is none; rejects where it does not start.
 *
 * @param folder for the file that macOS needs: its Terminal opens files and takes no arguments
 */
export async function runInTerminal(command: readonly string[], folder: string): Promise<boolean> {
  if (process.platform === 'darwin') {
    const file = join(folder, 'open-shell.command')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(file, commandFile(command), { mode: 0o700 })
    await chmod(file, 0o700)
    await start(['/usr/bin/open', '-a', 'Terminal', file])
    return true
  }
  const terminal = await terminalFor(command, process.platform)
  if (!terminal) return false
  await start(terminal)
  return true
}

/** A file that runs a command: every argument in quotes, within which a shell reads nothing. */
export function commandFile(command: readonly string[]): string {
  const quoted = command.map((argument) => `'${argument.replaceAll("'", `'\\''`)}'`)
  return `#!/bin/sh\nexec ${quoted.join(' ')}\n`
}

/** It goes on when Longshore ends. */
function start([program = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
