import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import { parseArgs } from 'node:util'

/** The port of browser mode when `--port` does not say another. */
export const defaultPort = 7450

/** What the command line asks for; the same flags in both modes. */
export interface Launch {
  /** Null: `defaultPort`, or a free one where that is taken. */
  port: number | null
  /** A socket path, an address or a name; null: look for engines. */
  engine: string | null
  /** Whether browser mode opens the default browser. */
  open: boolean
  /** Starts the sample containers. */
  demo: boolean
  help: boolean
}

/** A command line that cannot be followed; the message is for the terminal. */
export class LaunchError extends Error {}

export const launchHelp = `Usage: npm start -- [flags]

  --browser            show Longshore in a browser, not in a window of its own
  --port <number>      browser mode: the port on 127.0.0.1 (${defaultPort}, or a free one if taken)
  --no-open            browser mode: print the address and open no browser
  --engine <engine>    use this engine only: a socket, an address or a name
  --demo               start the sample containers
  --help               print this`

const options = {
  port: { type: 'string' },
  engine: { type: 'string' },
  'no-open': { type: 'boolean' },
  demo: { type: 'boolean' },
  // Read by build/start.mjs, which picks the mode; known here so that it may be passed on.
  browser: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Reads the flags in `args` (without the program's own name). Throws `LaunchError` for a flag that
 * it does not know, unless `otherFlags` is 'ignore': Electron's command line carries Chromium's
 * switches too.
 */
export function parseLaunch(args: string[], otherFlags: 'refuse' | 'ignore' = 'refuse'): Launch {
  const values = parseValues(args, otherFlags === 'refuse')
  return {
    port: values.port === undefined ? null : parsePort(values.port),
    engine: values.engine === undefined ? null : parseEngine(values.engine),
    open: values['no-open'] !== true,
    demo: values.demo === true,
    help: values.help === true,
  }
}

function parseValues(args: string[], strict: boolean) {
  try {
    return parseArgs({ args, options, strict, allowPositionals: !strict }).values
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    // Node adds advice on positional arguments, which there are none of.
    throw new LaunchError(`${said.replace(/\. To specify a positional.*$/s, '.')}\n\n${launchHelp}`)
  }
}

function parsePort(text: string | boolean): number {
  const port = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port >= 1 && port <= 65_535) return port
  throw new LaunchError(`--port takes a number from 1 to 65535, not "${String(text)}".`)
}

function parseEngine(text: string | boolean): string {
  if (typeof text === 'string' && text.trim() !== '') return text.trim()
  throw new LaunchError('--engine takes a socket, an address or a name.')
}

/**
 * The folder that holds settings and secrets, by each system's custom. `LONGSHORE_DATA` replaces
 * it.
 */
export function dataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  const path = platform === 'win32' ? win32 : posix
  const chosen = env['LONGSHORE_DATA']
  if (chosen) return path.resolve(chosen)
  if (platform === 'win32') {
    return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Longshore')
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Longshore')
  // A relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification).
  const base = env['XDG_DATA_HOME']
  return path.join(
    base && path.isAbsolute(base) ? base : path.join(home, '.local', 'share'),
    'longshore',
  )
}
