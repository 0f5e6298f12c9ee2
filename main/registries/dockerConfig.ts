import { chown, readFile, realpath, stat } from 'node:fs/promises'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { isMissing, systemCodeOf, writeFileAtomically } from '../systemFiles'
import { emptyAuthFile, readAuthFile, type AuthFile } from './authFile'
import type { Credential } from './credential'
import { hostOfKey, serverAddress } from './hosts'

/**
 * Reads docker's config.json or Podman's auth.json.
 *
 * @returns an empty one where there is no such file
 * @throws Failure `invalid-input` when it is no JSON, `permission-denied` when it cannot be read
 */
export async function readDockerConfig(file: string): Promise<AuthFile> {
  const text = await readIfPresent(file)
  return text === undefined ? emptyAuthFile : readAuthFile(parse(file, text))
}

/**
 * Takes a host's login out of the file, under every key that means it. Everything else stays, also
 * what this app does not know; the file is replaced in one step, with its mode and owner.
 *
 * @returns whether there was one
 * @throws Failure as `readDockerConfig`; then the file is untouched
 */
export async function removeFromDockerConfig(file: string, host: string): Promise<boolean> {
  const text = await readIfPresent(file)
  if (text === undefined) return false
  const config = parse(file, text)
  if (!isRecord(config) || !isRecord(config.auths)) return false
  const entries = Object.entries(config.auths)
  const kept = entries.filter(([key]) => hostOfKey(key) !== host)
  if (kept.length === entries.length) return false
  const changed = { ...config, auths: Object.fromEntries(kept) }
  await replace(file, JSON.stringify(changed, null, indentOf(text)) + '\n')
  return true
}

/**
 * Puts a host's login into the file as `docker login` does without a helper: `auth` is the base64 of
 * `username:password`, and of an identity token the name is left out. Every other key of the file stays
 * as it was; what else stood under a key that means the host goes. The file is made when it is missing;
 * afterwards only its owner can read it.
 *
 * @throws Failure as `readDockerConfig`; then the file is untouched
 */
export async function writeToDockerConfig(
  file: string,
  host: string,
  credential: Credential,
): Promise<void> {
  const text = await readIfPresent(file)
  const config = parse(file, text ?? '')
  if (!isRecord(config)) throw notAnObject(file)
  const auths = isRecord(config.auths) ? config.auths : {}
  const kept = Object.entries(auths).filter(([key]) => hostOfKey(key) !== host)
  const changed = {
    ...config,
    auths: Object.fromEntries([...kept, [serverAddress(host), entryOf(credential)]]),
  }
  const written = JSON.stringify(changed, null, indentOf(text ?? '')) + '\n'
  if (text === undefined) await writeFileAtomically(file, written, OWNER_ONLY)
  else await replace(file, written, OWNER_ONLY)
}

/** docker/cli, config/configfile: `saveToWriter`. */
function entryOf(credential: Credential): Record<string, string> {
  if (credential.kind === 'identity-token') return { identitytoken: credential.token }
  const { username, password } = credential
  return { auth: Buffer.from(`${username}:${password}`).toString('base64') }
}

const OWNER_ONLY = 0o600

function notAnObject(file: string): Failure {
  return new Failure('invalid-input', say`${file} is no object of settings.`, {
    hint: say`Correct it, or move it away and log in again.`,
  })
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error) || systemCodeOf(error) === 'ENOTDIR') return undefined
    throw new Failure('permission-denied', say`${file} cannot be read.`, {
      hint: say`Check who owns it, and that this user may read it.`,
      cause: error,
    })
  }
}

function parse(file: string, text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    // The parser's own words may quote a password.
    throw new Failure('invalid-input', say`${file} is not valid JSON.`, {
      hint: say`Correct it, or move it away and log in again.`,
    })
  }
}

/** Writes through a symbolic link (many keep this file in a repository), and keeps owner and mode, of which no more than is allowed. */
async function replace(file: string, text: string, allowedMode = 0o777): Promise<void> {
  const target = await realpath(file)
  const { mode, uid, gid } = await stat(target)
  await writeFileAtomically(target, text, mode & allowedMode)
  if (uid !== process.getuid?.() || gid !== process.getgid?.()) await chown(target, uid, gid)
}

function indentOf(text: string): string {
  return /^[ \t]+/m.exec(text)?.[0] ?? '\t'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
