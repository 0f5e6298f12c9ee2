import { Failure } from '../errors'
import { emptyAuthFile, type AuthFile } from './authFile'
import type { Credential } from './credential'
import { createCredentialHelper, type CredentialHelper } from './credentialHelper'
import { readDockerConfig } from './dockerConfig'
import { canonicalHost, serverAddress } from './hosts'
import {
  defaultHelperSource,
  fileSource,
  hostHelperSource,
  ownSource,
  type Login,
  type LoginSource,
} from './loginSources'
import type { Passwords, PasswordStore } from './passwordStore'

/** Where a password was put. */
export type SavedIn = Pick<Login, 'source' | 'helper'>

export interface CredentialsOptions {
  /** Docker's config.json; it need not be there. */
  dockerConfigFile: string
  /** Podman's auth.json files, the one that counts first. They need not be there. */
  podmanAuthFiles: readonly string[]
  /** Where this app keeps passwords of its own. */
  store: PasswordStore
  /** Told, in a sentence, of each file or helper that failed while a credential was looked up. */
  onWarning?: (sentence: string) => void
  /** What the credential helpers see, and where they are found; this process's own by default. */
  environment?: NodeJS.ProcessEnv
  helperTimeoutMillis?: number
}

/**
 * The logins of this machine. For one host the first of these counts: this app's own store; the
 * helper that docker's config.json names for the host, or else its credsStore; the config's `auths`;
 * Podman's files. Hosts match exactly, port included; `docker.io` stands for Docker Hub.
 */
export interface Credentials {
  /** One entry a host, sorted, and a sentence for each file or helper that could not be read. */
  list(): Promise<{ logins: Login[]; warnings: string[] }>
  /** What to show to this host and to no other; null to ask anonymously. */
  lookup(host: string): Promise<Credential | null>
  /**
   * Keeps a password where docker would if it has a helper for the host, else (also when that helper
   * is not installed) in this app's own store; never in the clear in config.json.
   *
   * @throws Failure when the helper refuses, or the store cannot be written
   */
  save(host: string, login: { username: string; password: string }): Promise<SavedIn>
  /**
   * Forgets a host everywhere: own store, helper, config.json, Podman's files.
   *
   * @throws Failure of the first place that did not forget it, after trying all of them
   */
  remove(host: string): Promise<void>
}

export function createCredentials({
  dockerConfigFile,
  podmanAuthFiles,
  store,
  onWarning = () => undefined,
  environment,
  helperTimeoutMillis,
}: CredentialsOptions): Credentials {
  const exclusively = createQueue()
  const own = ownSource(store)

  function helperCalled(name: string): CredentialHelper {
    return createCredentialHelper(name, {
      ...(environment && { environment }),
      ...(helperTimeoutMillis !== undefined && { timeoutMillis: helperTimeoutMillis }),
    })
  }

  /** Without the helpers of a config that cannot be read: its own source reports that. */
  function readHelpers(): Promise<AuthFile> {
    return readDockerConfig(dockerConfigFile).catch(() => emptyAuthFile)
  }

  async function sources(): Promise<LoginSource[]> {
    const { helpers, defaultHelper } = await readHelpers()
    return [
      own,
      ...[...helpers].map(([host, name]) => hostHelperSource(host, name, () => helperCalled(name))),
      ...(defaultHelper === undefined
        ? []
        : [
            defaultHelperSource(
              defaultHelper,
              () => helperCalled(defaultHelper),
              new Set(helpers.keys()),
            ),
          ]),
      fileSource(dockerConfigFile, 'docker-config'),
      ...podmanAuthFiles.map((file) => fileSource(file, 'podman-auth')),
    ]
  }

  async function saveInHelper(
    host: string,
    login: { username: string; password: string },
  ): Promise<SavedIn | null> {
    const { helpers, defaultHelper } = await readHelpers()
    const name = helpers.get(host) ?? defaultHelper
    if (name === undefined) return null
    try {
      await helperCalled(name).store(serverAddress(host), login)
      return { source: 'credential-helper', helper: name }
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'not-found')) throw error
      onWarning(error.message)
      return null
    }
  }

  return {
    async list() {
      const warnings = new Set<string>()
      const lists = await Promise.all(
        (await sources()).map((source) =>
          source.list().catch((error: unknown) => {
            warnings.add(sentenceOf(error))
            return []
          }),
        ),
      )
      const byHost = new Map<string, Login>()
      for (const login of lists.flat()) {
        if (!byHost.has(login.host)) byHost.set(login.host, login)
      }
      const logins = [...byHost.values()].sort((a, b) => a.host.localeCompare(b.host))
      return { logins, warnings: [...warnings] }
    },

    async lookup(host) {
      for (const source of await sources()) {
        try {
          const credential = await source.lookup(canonicalHost(host))
          if (credential) return credential
        } catch (error) {
          onWarning(sentenceOf(error))
        }
      }
      return null
    },

    save: (givenHost, login) =>
      exclusively(async () => {
        const host = canonicalHost(givenHost)
        const savedInHelper = await saveInHelper(host, login)
        if (savedInHelper) {
          await own.remove(host)
          return savedInHelper
        }
        await store.write({ ...(await readableOnes(store)), [host]: login })
        return { source: 'longshore' }
      }),

    remove: (givenHost) =>
      exclusively(async () => {
        const failures: unknown[] = []
        for (const source of await sources()) {
          try {
            await source.remove(canonicalHost(givenHost))
          } catch (error) {
            failures.push(error)
          }
        }
        if (failures.length > 0) throw failures[0]
      }),
  }
}

/** None where they are unreadable for good: then a new login starts them anew. */
async function readableOnes(store: PasswordStore): Promise<Passwords> {
  try {
    return await store.read()
  } catch (error) {
    if (error instanceof Failure && error.code === 'invalid-input') return {}
    throw error
  }
}

function sentenceOf(error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error)
  const words = error instanceof Failure ? error.engineMessage : undefined
  return words === undefined ? sentence : `${sentence} It says: ${words}`
}

/** Runs one piece of work at a time: each reads a file, changes it and writes it back. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    return result
  }
}
