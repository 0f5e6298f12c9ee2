import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { writeFileAtomically } from '../systemFiles'
import { configFolder } from '../userFolders'

/** The flag that a start at login has: no window until it is asked for. */
export const hiddenFlag = '--hidden'

/**
 * Has Longshore started with the person's session, or no more: by the system's own list on macOS and
 * Windows, by a file in the autostart folder on Linux (freedesktop.org, "Desktop Application Autostart").
 */
export async function setStartAtLogin(wanted: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    // macOS knows no arguments: there Longshore asks whether it was opened at login.
    app.setLoginItemSettings({ openAtLogin: wanted, args: [hiddenFlag] })
    return
  }
  const file = autostartFile(process.env, homedir())
  if (wanted) await writeFileAtomically(file, autostartEntry(ownCommand()), 0o644)
  else await rm(file, { force: true })
}

/** Whether this start shall show no window. */
export function startsHidden(args: readonly string[]): boolean {
  if (args.includes(hiddenFlag)) return true
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}

export function autostartFile(env: Record<string, string | undefined>, home: string): string {
  return join(configFolder({ env, home }), 'autostart', 'longshore.desktop')
}

/** The program and its arguments as they can be run again. */
function ownCommand(): string[] {
  // An AppImage runs out of a folder that is mounted anew each time.
  const program = process.env['APPIMAGE'] ?? process.execPath
  return [program, ...(app.isPackaged ? [] : [app.getAppPath()]), hiddenFlag]
}

export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Longshore',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=longshore',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * An argument of an `Exec` line (Desktop Entry Specification, "The Exec key"): quoted, with what quotes do
 * not cover escaped, then escaped again as any value of such a file; "%" doubled.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`
}
