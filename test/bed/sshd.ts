import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { startDaemon, type Daemon } from './daemon'
import { freePort } from './network'
import { waitFor } from './waiting'

const SSHD = '/usr/sbin/sshd'

export interface SshdOptions {
  /** The kinds of its host keys, by ssh-keygen's names. */
  keys?: ('ed25519' | 'ecdsa' | 'rsa')[]
  /** More lines of sshd_config. */
  config?: string[]
}

export interface Sshd {
  readonly port: number
  /** `user@127.0.0.1:port` */
  readonly host: string
  /** Fingerprint of a host key as ssh-keygen prints it. */
  fingerprint(kind?: string): string
  /** A line for known_hosts. */
  knownHost(kind?: string): string
  /** Lets the owner of this public key in. */
  authorize(publicKeyFile: string): void
  /** How many connections have come. */
  connections(): number
  /** How many of them were let in. */
  logins(): number
  /** What it says in its log. */
  log(): string
  /** Ends it with all its connections. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Makes another host key. Restart it then. */
  changeKey(kind?: string): void
}

/**
 * Starts an sshd of its own below `parent`, a folder of the bed, on a free port of 127.0.0.1. It takes
 * public keys only and forwards to sockets; it is ended with the bed.
 */
export async function startSshd(parent: string, options: SshdOptions = {}): Promise<Sshd> {
  const { keys = ['ed25519'], config = [] } = options
  const folder = mkdtempSync(join(parent, 'sshd-'))
  // sshd's privilege separation wants it; its packages make it when the service starts.
  mkdirSync('/run/sshd', { recursive: true })
  const port = await freePort()
  const logFile = join(folder, 'sshd.log')
  const authorized = join(folder, 'authorized_keys')
  writeFileSync(authorized, '', { mode: 0o600 })
  const keyFile = (kind: string) => join(folder, `host_${kind}`)
  for (const kind of keys) makeKey(keyFile(kind), kind)
  const configuration = join(folder, 'sshd_config')
  writeFileSync(
    configuration,
    [
      ...config,
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...keys.map((kind) => `HostKey ${keyFile(kind)}`),
      `AuthorizedKeysFile ${authorized}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin yes',
      'AllowStreamLocalForwarding yes',
      'LogLevel VERBOSE',
      '',
    ].join('\n'),
  )
  const launch = async (): Promise<Daemon> => {
    const before = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
    const started = startDaemon(
      'unshare',
      [...ownProcesses, SSHD, '-D', '-e', '-f', configuration],
      {
        folder,
        logFile,
      },
    )
    await started.ready(() => log().slice(before).includes('Server listening on') || null)
    return started
  }
  const log = () => readFileSync(logFile, 'utf8')
  const publicKey = (kind: string) => readFileSync(`${keyFile(kind)}.pub`, 'utf8')
  const count = (line: RegExp) => [...log().matchAll(line)].length
  let daemon: Daemon | null = await launch()
  return {
    port,
    host: `${userInfo().username}@127.0.0.1:${port}`,
    fingerprint(kind = keys[0] ?? '') {
      const args = ['-l', '-f', `${keyFile(kind)}.pub`]
      return execFileSync('ssh-keygen', args, { encoding: 'utf8' }).split(' ')[1] ?? ''
    },
    knownHost: (kind = keys[0] ?? '') => `[127.0.0.1]:${port} ${publicKey(kind)}`,
    authorize: (file) => appendFileSync(authorized, readFileSync(file, 'utf8')),
    connections: () => count(/^Connection from /gm),
    logins: () => count(/^Accepted publickey /gm),
    log,
    async stop() {
      if (!daemon) return
      process.kill(daemon.pid, 'SIGKILL')
      await daemon.ended
      daemon = null
      await waitFor('sshd to be gone', async () => !(await answers(port)))
    },
    async start() {
      daemon ??= await launch()
    },
    changeKey: (kind = keys[0] ?? '') => makeKey(keyFile(kind), kind),
  }
}

/**
 * sshd wipes its environment, by which the bed knows what it has to end, and its connections live on without
 * it. In a space of process ids of its own it ends with the command that made that, and they with it.
 */
const ownProcesses = ['--pid', '--fork', '--kill-child', '--']

/** Makes a key pair without a passphrase, or with one; the public half goes to `<file>.pub`. */
export function makeKey(file: string, kind = 'ed25519', passphrase = ''): void {
  rmSync(file, { force: true })
  execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', passphrase, '-f', file])
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
