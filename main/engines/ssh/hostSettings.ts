import { userInfo } from 'node:os'
import type { SshHost } from '../endpoint'
import type { Surroundings } from '../places'
import { askSsh, type SshAnswers } from './sshCommand'
import { expandPath, usualKeyFiles, type PathTokens } from './sshFiles'

/** How one host is reached and who we are there. */
export interface HostSettings {
  /** The name or address to connect to, which for an alias of ssh's settings is another than was asked for. */
  host: string
  port: number
  user: string
  /** Private keys to try; those that are not there are skipped. */
  identityFiles: string[]
  /** Of an agent's keys only those of `identityFiles` are offered. */
  identitiesOnly: boolean
  /** Where agents listen, each of which is asked. */
  agents: string[]
  /** Hosts to go through, `user@host:port` with commas between; null: none. */
  proxyJump: string | null
  /** A command that ssh would reach the host by; null: none. */
  proxyCommand: string | null
}

/**
 * What ssh itself would do for a host. It is asked (`ssh -G`), for nobody else reads its settings as it does:
 * patterns, `Match`, `Include`, the machine's own file. Where ssh is not installed, its defaults count.
 */
export async function hostSettingsOf(
  asked: SshHost,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<HostSettings> {
  const answers = await askSsh(asked, surroundings, signal)
  const value = (name: string) => answers?.get(name)?.[0] ?? null
  const known = {
    host: value('hostname') ?? asked.host,
    port: Number(value('port') ?? asked.port ?? 22),
    user: value('user') ?? asked.user ?? userInfo().username,
  }
  const files = answers?.get('identityfile') ?? usualKeyFiles(surroundings)
  return {
    ...known,
    identityFiles: files.map((file) => expandPath(file, known, surroundings.home)),
    identitiesOnly: value('identitiesonly') === 'yes',
    agents: agentsOf(answers, known, surroundings),
    proxyJump: unlessNone(value('proxyjump')),
    proxyCommand: unlessNone(value('proxycommand')),
  }
}

/** `IdentityAgent` may name a socket, a variable that holds one, or nothing at all (ssh_config(5)). */
function agentsOf(
  answers: SshAnswers | null,
  known: PathTokens,
  { env, home, platform }: Surroundings,
): string[] {
  const named = answers?.get('identityagent')?.[0] ?? 'SSH_AUTH_SOCK'
  if (named === 'none') return []
  if (named === 'SSH_AUTH_SOCK') {
    const socket = env['SSH_AUTH_SOCK']
    if (socket) return [socket]
    return platform === 'win32' ? windowsAgents : []
  }
  if (named.startsWith('$')) {
    const socket = env[named.replace(/^\$\{?|\}$/g, '')]
    return socket ? [socket] : []
  }
  return [named.startsWith('\\\\.\\pipe\\') ? named : expandPath(named, known, home)]
}

/** That of Windows' own OpenSSH, and PuTTY's. */
const windowsAgents = ['\\\\.\\pipe\\openssh-ssh-agent', 'pageant']

function unlessNone(value: string | null): string | null {
  return value === 'none' ? null : value
}
