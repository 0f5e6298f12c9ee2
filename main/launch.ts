import { isIPv6 } from 'node:net'
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import { parseArgs } from 'node:util'
import { xdgFolder } from './userFolders'

/** The port of browser mode when `--port` does not say another. */
export const defaultPort = 7450

/** After how many hours without use a browser has to be let in again. */
export const usualIdleHours = 12
const mostIdleHours = 720

/** How browser mode is to be reached, as it was typed; main/serve/listen.ts judges it. */
export interface ListenFlags {
  /** A name or an IP address, IPv6 without brackets; null: 127.0.0.1. */
  host: string | null
  /** Other names that it is opened by. */
  names: string[]
  /** Paths of files. */
  tlsCert: string | null
  tlsKey: string | null
  tokenFile: string | null
}

/** What the command line asks for; the same flags in both modes. */
export interface Launch {
  /** Null: `defaultPort`, or a free one where that is taken. */
  port: number | null
  /** A socket path, an address or a name; null: look for engines. */
  engine: string | null
  /** Whether browser mode opens the default browser. */
  open: boolean
  listen: ListenFlags
  /** May be a fraction. */
  idleHours: number
  /** Starts the sample containers. */
  demo: boolean
  help: boolean
}

/** A command line that cannot be followed; the message is for the terminal. */
export class LaunchError extends Error {}

/** Who runs this may have a name of its own for it: build/debian/longshore. */
const command = process.env['LONGSHORE_COMMAND'] ?? 'npm start --'

export const launchHelp = `Usage: ${command} [flags]

  --browser            show Longshore in a browser, not in a window of its own
  --port <number>      browser mode: the port on 127.0.0.1 (${defaultPort}, or a free one if taken)
  --no-open            browser mode: print the address and open no browser
  --idle-hours <n>     browser mode: let a browser go that was not used for so long (${usualIdleHours})
  --listen <host[:port]>
                       browser mode: listen there. What other machines can reach takes also:
    --tls-cert <file>  the certificate, PEM, with its chain
    --tls-key <file>   its key, which only you can read
    --token-file <file>
                       128 random bits or more, which only you can read: who has them is let in
    --host <name>      a further name that it is opened by; may be repeated
  --engine <engine>    use this engine only: a socket, an address or a name
  --demo               start the sample containers
  --help               print this`

const options = {
  port: { type: 'string' },
  engine: { type: 'string' },
  'no-open': { type: 'boolean' },
  'idle-hours': { type: 'string' },
  listen: { type: 'string' },
  host: { type: 'string', multiple: true },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'token-file': { type: 'string' },
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
  const listen = values.listen === undefined ? null : parseListen(values.listen)
  const port = values.port === undefined ? null : parsePort('--port', values.port)
  if (port !== null && listen?.port != null && port !== listen.port) {
    throw new LaunchError(`--listen says port ${listen.port} and --port ${port}: say one of them.`)
  }
  return {
    port: port ?? listen?.port ?? null,
    engine: values.engine === undefined ? null : parseEngine(values.engine),
    open: values['no-open'] !== true,
    listen: {
      host: listen?.host ?? null,
      names: (values.host ?? []).map((name) => parseText('--host', 'a name', name)),
      tlsCert: parseFile('--tls-cert', values['tls-cert']),
      tlsKey: parseFile('--tls-key', values['tls-key']),
      tokenFile: parseFile('--token-file', values['token-file']),
    },
    idleHours:
      values['idle-hours'] === undefined ? usualIdleHours : parseHours(values['idle-hours']),
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

function parsePort(flag: string, text: string | boolean): number {
  const port = wholeNumber(text, 65_535)
  if (port !== null) return port
  throw new LaunchError(`${flag} takes a number from 1 to 65535, not "${String(text)}".`)
}

function parseHours(text: string | boolean): number {
  const hours = typeof text === 'string' && /^\d{1,3}(?:\.\d{1,6})?$/.test(text) ? Number(text) : 0
  if (hours > 0 && hours <= mostIdleHours) return hours
  throw new LaunchError(`--idle-hours takes a number up to ${mostIdleHours}, such as 8 or 0.5.`)
}

function wholeNumber(text: string | boolean, most: number): number | null {
  const number = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= most ? number : null
}

/** `name`, `name:port`, `1.2.3.4:port`, `::1`, `[::1]`, `[::1]:port`. */
function parseListen(text: string | boolean): { host: string; port: number | null } {
  const said = typeof text === 'string' ? text.trim() : ''
  if (isIPv6(said)) return { host: said, port: null }
  const parts = /^(?:\[([^\]]+)\]|([^:[\]/@\s]+))(?::(\d*))?$/.exec(said)
  const inBrackets = parts?.[1]
  const host = inBrackets ?? parts?.[2]
  if (host === undefined || (inBrackets !== undefined && !isIPv6(inBrackets))) {
    throw new LaunchError('--listen takes a name or an address, and a port or none: HOST[:PORT].')
  }
  const port = parts?.[3]
  return { host, port: port === undefined ? null : parsePort('--listen', port) }
}

function parseEngine(text: string | boolean): string {
  return parseText('--engine', 'a socket, an address or a name', text)
}

function parseFile(flag: string, text: string | boolean | undefined): string | null {
  return text === undefined ? null : parseText(flag, 'a file', text)
}

function parseText(flag: string, what: string, text: string | boolean): string {
  if (typeof text === 'string' && text.trim() !== '') return text.trim()
  throw new LaunchError(`${flag} takes ${what}.`)
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
  const base = xdgFolder(env, 'XDG_DATA_HOME') ?? path.join(home, '.local', 'share')
  return path.join(base, 'longshore')
}
