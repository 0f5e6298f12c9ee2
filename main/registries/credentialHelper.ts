import { execFile } from 'node:child_process'
import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { Credential } from './credential'
import { readJson } from './json'

/** A program that keeps passwords for docker: `docker-credential-<name>`. */
export interface CredentialHelper {
  /** Null when it keeps none for this server. */
  get(serverAddress: string): Promise<HelperLogin | null>
  store(serverAddress: string, credential: Credential): Promise<void>
  /** Nothing happens when it keeps none. */
  erase(serverAddress: string): Promise<void>
  /** User names by server address; null for a token. */
  list(): Promise<ReadonlyMap<string, string | null>>
}

export interface HelperLogin {
  /** Null where the helper keeps only a token. */
  username: string | null
  credential: Credential
}

export interface CredentialHelperOptions {
  /** Where the program is looked for (`PATH`), and what it sees. */
  environment?: NodeJS.ProcessEnv
  /** Long enough for a person to unlock a key ring when it asks. */
  timeoutMillis?: number
}

type Action = 'get' | 'store' | 'erase' | 'list'

const DEFAULT_TIMEOUT_MILLIS = 30_000
const MAX_OUTPUT_BYTES = 1024 * 1024
/** docker-credential-helpers, credentials/error.go: these words are the protocol's "no such entry". */
const NOT_FOUND = 'credentials not found in native keychain'
/** docker-credential-helpers: in place of a user name it says that the secret is an identity token. */
const TOKEN_USERNAME = '<token>'

const storedLogin = z.object({ Username: z.string(), Secret: z.string() })
const storedList = z.record(z.string(), z.string())

/**
 * Speaks the protocol of docker-credential-helpers: one program run per call, the action as its only
 * argument, the input on stdin, JSON on stdout, errors as words on stdout. No shell takes part.
 *
 * Every method throws a Failure: `not-found` when there is no such program, `timeout`, or
 * `engine-error` with the helper's words.
 *
 * @throws Failure `invalid-input` when the name, which comes from a file, is no plain program name
 */
export function createCredentialHelper(
  name: string,
  {
    environment = process.env,
    timeoutMillis = DEFAULT_TIMEOUT_MILLIS,
  }: CredentialHelperOptions = {},
): CredentialHelper {
  if (!/^[A-Za-z0-9._][A-Za-z0-9._-]*$/.test(name)) {
    throw new Failure('invalid-input', say`"${name}" is not the name of a credential helper.`, {
      hint: say`Correct credsStore and credHelpers in docker's config.json.`,
    })
  }
  const program = `docker-credential-${name}`

  /** The program's output, or null when it says that there is no such entry. */
  function run(action: Action, input: string): Promise<string | null> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        program,
        [action],
        {
          env: environment,
          timeout: timeoutMillis,
          killSignal: 'SIGKILL',
          maxBuffer: MAX_OUTPUT_BYTES,
          windowsHide: true,
        },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout)
          else if (`${stdout}\n${stderr}`.includes(NOT_FOUND)) resolve(null)
          else reject(failureOf(error, program, action, stdout.trim() || stderr.trim()))
        },
      )
      // A helper may end without reading its input; its exit says what happened.
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(input)
    })
  }

  function read<Output>(schema: z.ZodType<Output>, output: string): Output {
    const value = readJson(schema, output)
    if (value !== undefined) return value
    throw new Failure('engine-error', say`${program} gave an answer that cannot be read.`, {
      hint: say`Update it, or take it out of docker's config.json.`,
    })
  }

  return {
    async get(serverAddress) {
      const output = await run('get', serverAddress)
      if (output === null) return null
      const { Username: username, Secret: secret } = read(storedLogin, output)
      if (secret === '') return null
      return usernameOf(username) === null
        ? { username: null, credential: { kind: 'identity-token', token: secret } }
        : { username, credential: { kind: 'password', username, password: secret } }
    },
    async store(serverAddress, credential) {
      const [username, secret] =
        credential.kind === 'password'
          ? [credential.username, credential.password]
          : [TOKEN_USERNAME, credential.token]
      await run(
        'store',
        JSON.stringify({ ServerURL: serverAddress, Username: username, Secret: secret }),
      )
    },
    async erase(serverAddress) {
      await run('erase', serverAddress)
    },
    async list() {
      const output = await run('list', '')
      const entries = output === null ? [] : Object.entries(read(storedList, output))
      return new Map(entries.map(([address, username]) => [address, usernameOf(username)]))
    },
  }
}

function usernameOf(text: string): string | null {
  return text === TOKEN_USERNAME ? null : text
}

function failureOf(
  error: Error & { code?: unknown; killed?: boolean },
  program: string,
  action: Action,
  words: string,
): Failure {
  if (error.code === 'ENOENT') {
    return new Failure('not-found', say`${program} is not installed.`, {
      hint: say`Docker's config.json names it: install it, or take it out of that file.`,
      cause: error,
    })
  }
  if (error.killed === true) {
    return new Failure('timeout', say`${program} did not answer in time.`, {
      hint: say`It may wait for a key ring to be unlocked.`,
      cause: error,
    })
  }
  // Without its cause, whose message is all that the helper printed: it would go to the log.
  return new Failure('engine-error', say`${program} failed (${action}).`, {
    ...(words !== '' && { engineMessage: words.slice(0, 1_000) }),
    hint: say`Unlock the key ring that it uses, or take it out of docker's config.json.`,
  })
}
