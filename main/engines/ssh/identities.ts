import { open } from 'node:fs/promises'
// It is CommonJS, of which Node finds some names only.
import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { ChosenKeys } from './chosenKeys'
import type { HostSettings } from './hostSettings'

/** By what we prove who we are. */
export interface Identities {
  /** In the order in which they are tried. */
  methods: AnyAuthMethod[]
  /** What to do when none of them is accepted. */
  hint: string
}

/** Longer files are no keys. */
const keyBytes = 64 * 1024

/**
 * The agent's keys and those of files. Passphrases are not asked for: a key that is encrypted has to be in the
 * agent. Throws `invalid-input` for a given file that holds no key.
 *
 * @param given - the one key that is to be used; null: all that ssh would try
 */
export async function identitiesFor(
  settings: HostSettings,
  given: string | null,
): Promise<Identities> {
  const username = settings.user
  const files = given === null ? settings.identityFiles : [given]
  const keys = await Promise.all(files.map((file) => readKey(file)))
  if (given !== null && keys.includes(null)) {
    throw new Failure('invalid-input', say`${given} is no private key that can be read.`, {
      hint: say`Give the private key, not the public one, in a file that this user may read.`,
    })
  }
  const found = keys.filter((key) => key !== null)
  const wanted = found.flatMap(({ publicKey }) => publicKey ?? [])
  const methods: AnyAuthMethod[] = [{ type: 'none', username }]
  // Of an encrypted key the public half may not be known; then the agent is asked for all.
  const only = given === null ? settings.identitiesOnly : wanted.length > 0
  if (!only || wanted.length > 0) {
    for (const address of settings.agents) {
      methods.push({ type: 'agent', username, agent: new ChosenKeys(address, wanted, only) })
    }
  }
  for (const { key } of found) if (key) methods.push({ type: 'publickey', username, key })
  const encrypted = found.find(({ key }) => key === null)
  return { methods, hint: hintOf(encrypted?.file ?? null, methods.length > 1) }
}

function hintOf(encrypted: string | null, anything: boolean): string {
  if (encrypted !== null) {
    return say`The key is encrypted: give it to the agent with: ssh-add "${encrypted}"`
  }
  return anything
    ? say`Check the user, and that the public key stands in ~/.ssh/authorized_keys on that host.`
    : say`There is no key: start an agent and give it one with ssh-add, or choose a file.`
}

interface KeyFile {
  file: string
  /** Null for one that is encrypted. */
  key: ParsedKey | null
  /** As the agent knows it; null where it cannot be told. */
  publicKey: Buffer | null
}

/** Null for a file that is not there, cannot be read, or holds no private key. */
async function readKey(file: string): Promise<KeyFile | null> {
  const text = await readStart(file)
  if (text === null) return null
  const key = ssh2.utils.parseKey(text)
  if (!(key instanceof Error)) {
    return key.isPrivateKey() ? { file, key, publicKey: key.getPublicSSH() } : null
  }
  // https://github.com/mscdex/ssh2/blob/v1.17.0/lib/protocol/keyParser.js: it has no code of its own.
  if (!/encrypted|passphrase/i.test(key.message)) return null
  const half = ssh2.utils.parseKey((await readStart(`${file}.pub`)) ?? '')
  return { file, key: null, publicKey: half instanceof Error ? null : half.getPublicSSH() }
}

async function readStart(file: string): Promise<Buffer | null> {
  try {
    const handle = await open(file, 'r')
    try {
      if (!(await handle.stat()).isFile()) return null
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(keyBytes), 0, keyBytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    return null
  }
}
