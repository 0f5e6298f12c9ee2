import { parseAddress } from '../../../preload/contract/addresses'
import { engineSettings, type EngineSettings } from '../../../preload/contract/engines'
import { isAbsolutePath } from '../../archives/fileNames'
import type { EngineText } from './engineText'

/** What is wrong with a field that is filled; the words are `engines.form.errors`. */
export type FieldError = 'socket' | 'host' | 'port' | 'user' | 'file' | 'pair' | 'path' | 'jump'

export interface EngineReading {
  /** Null while something is wrong or missing. */
  settings: EngineSettings | null
  /** By field. What is only missing yet is no error. */
  errors: ReadonlyMap<keyof EngineText, FieldError>
}

type Check = readonly [field: keyof EngineText, error: FieldError, fits: (text: string) => boolean]

const isSocket = (text: string) => isAbsolutePath(text) || /^npipe:\/\/\/\/.+/.test(text)
const isPort = (text: string) =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
const isHost = (text: string) =>
  /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/.test(text) || parseAddress(bare(text))?.family === 6
/** No `:`, which would begin a password; no leading `-`, which would be an option. */
const isUser = (text: string) => /^(?!-)[^\s:@/]{1,64}$/.test(text)
const isHostPath = (text: string) => /^\/.*[^/]$/.test(text)

const files: Check[] = [
  ['caFile', 'file', isAbsolutePath],
  ['certFile', 'file', isAbsolutePath],
  ['keyFile', 'file', isAbsolutePath],
]
const checks: Readonly<Record<EngineText['way'], readonly Check[]>> = {
  socket: [['socket', 'socket', isSocket]],
  tcp: [['host', 'host', isHost], ['port', 'port', isPort], ...files],
  ssh: [
    ['user', 'user', isUser],
    ['sshHost', 'host', isHost],
    ['sshPort', 'port', isPort],
    ['path', 'path', isHostPath],
    ['identityFile', 'file', isAbsolutePath],
    ['jump', 'jump', isJump],
  ],
}
const needed: Readonly<Record<EngineText['way'], readonly (keyof EngineText)[]>> = {
  socket: ['socket'],
  tcp: ['host', 'port'],
  ssh: ['sshHost'],
}

/** What is typed, as main takes it, or what is wrong with it. */
export function readEngine(text: EngineText): EngineReading {
  const errors = new Map<keyof EngineText, FieldError>()
  for (const [field, error, fits] of checks[text.way]) {
    const typed = text[field].trim()
    if (typed !== '' && !fits(typed) && isUsed(field, text)) errors.set(field, error)
  }
  if (text.way === 'tcp' && text.security !== 'none') {
    const [cert, key] = [text.certFile.trim(), text.keyFile.trim()]
    if (cert !== '' && key === '') errors.set('keyFile', 'pair')
    if (key !== '' && cert === '') errors.set('certFile', 'pair')
  }
  const complete = needed[text.way].every((field) => text[field].trim() !== '')
  if (errors.size > 0 || !complete) return { settings: null, errors }
  return { settings: engineSettings.safeParse(settingsOf(text)).data ?? null, errors }
}

/** The files of TLS count only as far as they are asked for. */
function isUsed(field: keyof EngineText, { security }: EngineText): boolean {
  if (field === 'caFile') return security === 'verified'
  return (field !== 'certFile' && field !== 'keyFile') || security !== 'none'
}

function settingsOf(text: EngineText): EngineSettings {
  const name = text.name.trim()
  if (text.way === 'socket') return { name, address: socketAddress(text), tls: null, ssh: null }
  if (text.way === 'ssh') {
    const ssh = { identityFile: orNull(text.identityFile), jump: orNull(text.jump) }
    return { name, address: sshAddress(text), tls: null, ssh }
  }
  const address = `tcp://${bracketed(text.host.trim())}:${text.port.trim()}`
  return { name, address, tls: tlsOf(text), ssh: null }
}

function tlsOf({ security, caFile, certFile, keyFile }: EngineText): EngineSettings['tls'] {
  if (security === 'none') return null
  const verify = security === 'verified'
  return {
    caFile: verify ? orNull(caFile) : null,
    certFile: orNull(certFile),
    keyFile: orNull(keyFile),
    verify,
  }
}

function socketAddress({ socket }: EngineText): string {
  const path = socket.trim()
  return path.startsWith('/') && !path.startsWith('//') ? `unix://${path}` : path
}

function sshAddress({ user, sshHost, sshPort, path }: EngineText): string {
  const before = user.trim() === '' ? '' : `${encodeURIComponent(user.trim())}@`
  const port = sshPort.trim() === '' ? '' : `:${sshPort.trim()}`
  const encoded = path.trim().split('/').map(encodeURIComponent).join('/')
  return `ssh://${before}${bracketed(sshHost.trim())}${port}${encoded}`
}

/** `user@host:port`, of which user and port may be left out. */
function isJump(text: string): boolean {
  const [, user, host = '', port] =
    /^(?:([^@]*)@)?(\[[^\]]+\]|[^:[\]]+)(?::(.*))?$/.exec(text) ?? []
  return (
    (user === undefined || isUser(user)) && isHost(host) && (port === undefined || isPort(port))
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const bare = (host: string) => host.replace(/^\[|\]$/g, '')
const bracketed = (host: string) => (host.includes(':') ? `[${bare(host)}]` : host)
