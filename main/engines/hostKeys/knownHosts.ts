import { createHash, createHmac } from 'node:crypto'

/** One line of a `known_hosts` file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  /** Names and patterns as they stand there, or one hashed name. */
  names: string
  /** A revoked key is refused whatever else is said of it. */
  revoked: boolean
  /** The key as SSH sends it: its algorithm, then its numbers. */
  key: Buffer
}

/**
 * Reads a `known_hosts` file. Left out are lines that make no sense, as ssh does, and authorities
 * (`@cert-authority`): they vouch for certificates, which we do not ask for, and are no host's own key.
 */
export function parseKnownHosts(text: string): KnownHost[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/)
    const marker = words[0]?.startsWith('@') ? words.shift() : null
    const [names, algorithm, base64] = words
    if (!names || names.startsWith('#') || !algorithm || !base64) return []
    if (marker !== null && marker !== '@revoked') return []
    const key = Buffer.from(base64, 'base64')
    return algorithmOf(key) === algorithm ? [{ names, revoked: marker !== null, key }] : []
  })
}

/** One line for the file. */
export function formatKnownHost(host: string, port: number, key: Buffer): string {
  return `${knownHostName(host, port)} ${algorithmOf(key)} ${key.toString('base64')}\n`
}

/** The name by which such files know a host: with its port unless that is 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** Whether a line is about the host of this name, see `knownHostName`. */
export function isAbout({ names }: KnownHost, name: string): boolean {
  if (names.startsWith('|')) return isHashOf(names, name)
  const patterns = names.toLowerCase().split(',')
  const denied = patterns.some((each) => each.startsWith('!') && fits(each.slice(1), name))
  return !denied && patterns.some((each) => fits(each, name))
}

/** `|1|salt|hash`: base64 of HMAC-SHA1 with the salt as key, so that the file does not tell its hosts. */
function isHashOf(hashed: string, name: string): boolean {
  const [, version, salt, hash] = hashed.split('|')
  if (version !== '1' || !salt || !hash) return false
  const expected = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64')
  return expected === hash
}

/** `*` stands for any characters and `?` for one, and nothing else has a meaning. */
function fits(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(name)
}

/** The name that a key begins with (RFC 4253, section 6.6); empty for what is no key. */
export function algorithmOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  return key.length >= 4 + length ? key.toString('latin1', 4, 4 + length) : ''
}

/** As `ssh-keygen -l` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
