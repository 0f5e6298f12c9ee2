import { z } from 'zod'
import type { Credential } from './credential'
import { hostOfKey } from './hosts'

/** A login that stands in the file itself. */
export interface FileLogin {
  /** Null where only a token is known. */
  username: string | null
  credential: Credential
}

/** What docker's config.json and Podman's auth.json say about registries. Hosts are canonical. */
export interface AuthFile {
  logins: ReadonlyMap<string, FileLogin>
  /** The credential helper that keeps one host's password. */
  helpers: ReadonlyMap<string, string>
  /** The credential helper for every other host. */
  defaultHelper: string | undefined
}

export const emptyAuthFile: AuthFile = {
  logins: new Map(),
  helpers: new Map(),
  defaultHelper: undefined,
}

const text = z.string().optional().catch(undefined)

const authEntry = z.object({
  /** Base64 of `username:password`. */
  auth: text,
  username: text,
  password: text,
  identitytoken: text,
})

const authFile = z.object({
  auths: z.record(z.string(), authEntry.catch({})).catch({}),
  credHelpers: z.record(z.string(), text).catch({}),
  credsStore: text,
})

/**
 * Reads the parsed JSON of such a file. Lenient: an entry of another shape counts as absent, since
 * the file belongs to other programs.
 */
export function readAuthFile(json: unknown): AuthFile {
  const result = authFile.safeParse(json)
  if (!result.success) return emptyAuthFile
  const { auths, credHelpers, credsStore } = result.data
  return {
    logins: byHost(auths, readLogin),
    helpers: byHost(credHelpers, (helper) => helper || undefined),
    defaultHelper: credsStore || undefined,
  }
}

/** The first entry of a host counts, should it be written in several ways. */
function byHost<Entry, Value>(
  entries: Record<string, Entry>,
  read: (entry: Entry) => Value | undefined,
): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const [key, entry] of Object.entries(entries)) {
    const host = hostOfKey(key)
    const value = read(entry)
    if (host !== null && value !== undefined && !values.has(host)) values.set(host, value)
  }
  return values
}

/** Undefined for the empty entry that docker leaves where a helper keeps the password. */
function readLogin(entry: z.infer<typeof authEntry>): FileLogin | undefined {
  const basic = entry.auth === undefined ? undefined : decodeBasic(entry.auth)
  const username = entry.username || basic?.username || null
  if (entry.identitytoken) {
    return { username, credential: { kind: 'identity-token', token: entry.identitytoken } }
  }
  const password = entry.password || basic?.password
  if (username === null || !password) return undefined
  return { username, credential: { kind: 'password', username, password } }
}

/** A password may hold colons, a user name cannot. Docker cuts NUL characters off the end. */
function decodeBasic(auth: string): { username: string; password: string } | undefined {
  const decoded = Buffer.from(auth, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon === -1) return undefined
  return {
    username: decoded.slice(0, colon),
    password: decoded.slice(colon + 1).replace(/\0+$/, ''),
  }
}
