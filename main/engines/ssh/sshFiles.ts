import { isAbsolute, join } from 'node:path'
import { systemPath, type Surroundings } from '../places'

/** Where ssh keeps the keys of known hosts: the user's own, then the machine's. */
export function knownHostsFiles(surroundings: Surroundings): string[] {
  const { home, platform, env } = surroundings
  const machine =
    platform === 'win32'
      ? join(env['ProgramData'] ?? 'C:\\ProgramData', 'ssh')
      : systemPath(surroundings, '/etc/ssh')
  return [join(home, '.ssh', 'known_hosts'), join(machine, 'ssh_known_hosts')]
}

/** The private keys that ssh tries when its settings name none, in its order. */
export function usualKeyFiles({ home }: Surroundings): string[] {
  return ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name))
}

export interface PathTokens {
  host: string
  port: number
  user: string
}

/** A path of ssh's settings with `~` and the tokens `%d`, `%h`, `%p`, `%r` and `%%` filled in (ssh_config(5)). */
export function expandPath(path: string, { host, port, user }: PathTokens, home: string): string {
  const values: Record<string, string> = {
    ...{ '%': '%', d: home, h: host, p: String(port), r: user },
  }
  const filled = path.replace(/%(.)/g, (token, name: string) => values[name] ?? token)
  if (filled === '~' || filled.startsWith('~/')) return join(home, filled.slice(1))
  return isAbsolute(filled) ? filled : join(home, filled)
}
