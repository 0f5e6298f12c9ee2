import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { discover } from './discovery'
import { findCommand } from './findCommand'
import { hereAndNow } from './places'
import { openTransport } from './transport'
import { podmanInstallation, type Installation } from './podmanInstallation'

/**
 * What `npm start` does before the app: makes sure that there is an engine to find. Where none answers
 * and Podman is not installed, it asks on a terminal before installing it; as root without a terminal
 * it installs it and says so; anywhere else it says what to do, and the window explains the rest.
 */
export async function ensureEngine(surroundings = hereAndNow()): Promise<void> {
  const { found } = await discover(surroundings, openTransport)
  if (found.length > 0 || (await findCommand('podman')) !== null) return
  const installation = await podmanInstallation()
  if (installation === null) {
    console.log(
      'No container engine was found. Install Docker (https://docs.docker.com/engine/install) or Podman (https://podman.io), then start again.',
    )
    return
  }
  const commands = installation.commands.map((command) => command.join(' ')).join(' && ')
  if (process.stdin.isTTY && process.stdout.isTTY) {
    if (await agree(`No container engine was found. Install Podman now (${commands})? [Y/n] `)) {
      await install(installation)
    } else console.log('Longshore goes on without an engine.')
  } else if (process.getuid?.() === 0) {
    console.log(`No container engine was found: installing Podman (${commands}).`)
    await install(installation)
  } else {
    console.log(`No container engine was found. Install one, for example with: ${commands}`)
  }
}

async function agree(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = (await terminal.question(question)).trim().toLowerCase()
    return answer === '' || answer === 'y' || answer === 'yes'
  } finally {
    terminal.close()
  }
}

async function install({ commands, environment }: Installation): Promise<void> {
  for (const [command = '', ...args] of commands) {
    const child = spawn(command, args, {
      stdio: ['inherit', 'ignore', 'inherit'],
      env: { ...process.env, ...environment },
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) {
      console.log(`${[command, ...args].join(' ')} failed; Longshore goes on without an engine.`)
      return
    }
  }
  console.log('Podman is installed.')
}
