import { isDeepStrictEqual } from 'node:util'
import { helpersThatLogIn, type LoginPlace } from '../../preload/contract/registries'
import { say } from '../../preload/contract/say'
import { findCommand } from '../engines/findCommand'
import { Failure, toFailure } from '../errors'
import { createQueue } from '../queue'
import { emptyAuthFile, type AuthFile } from './authFile'
import { keptLoginOf, type Credential } from './credential'
import { createCredentialHelper, type CredentialHelper } from './credentialHelper'
import { readDockerConfig, writeToDockerConfig } from './dockerConfig'
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
  /**
   * Told, in a sentence, of each file or helper that failed while a credential was looked up; without a
   * helper's own words, which may repeat what it holds.
   */
  onWarning?: (sentence: string) => void
  /** What the credential helpers see, and where they are found; this process's own by default. */
  environment?: NodeJS.ProcessEnv
  helperTimeoutMillis?: number
}

/** Where the login of one host can be kept. */
export interface Places {
  /** The helper that docker would use for the host and that is installed. */
  helper: { name: string; logsInByItself: boolean } | null
  usual: LoginPlace
  dockerConfigFile: string
}

/**
 * The logins of this machine. For one host the first of these counts: the helper that docker's
 * config.json names for the host, or else its credsStore; this app's own store; the config's `auths`;
 * Podman's files. Hosts match exactly, port included; `docker.io` stands for Docker Hub.
 */
export interface Credentials {
  /** One entry a host, sorted, and a sentence for each file or helper that could not be read. */
  list(): Promise<{ logins: Login[]; warnings: string[] }>
  /** What to show to this host and to no other; null to ask anonymously. */
  lookup(host: string): Promise<Credential | null>
  places(host: string): Promise<Places>
  /**
   * Keeps a login at the place, and takes the host's login out of the places that would count before it.
   *
   * @param place - the usual one if undefined: the helper that docker has for the host, or where there is
   *   none (or it is not installed) this app's own store; never config.json, where it lies in the clear
   * @throws Failure when the place refuses, or when what counts before it cannot be taken away
   */
  save(host: string, credential: Credential, place?: LoginPlace): Promise<SavedIn>
  /**
   * Forgets a host everywhere: helper (save one that logs in by itself), own store, config.json, Podman's
   * files.
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
      own,
      fileSource(dockerConfigFile, 'docker-config'),
      ...podmanAuthFiles.map((file) => fileSource(file, 'podman-auth')),
    ]
  }

  /** Null when docker has none for the host. */
  async function helperOf(host: string): Promise<string | null> {
    const { helpers, defaultHelper } = await readHelpers()
    return helpers.get(host) ?? defaultHelper ?? null
  }

  async function places(host: string): Promise<Places> {
    const name = await helperOf(host)
    const isThere =
      name !== null &&
      (await findCommand(`docker-credential-${name}`, (environment ?? process.env)['PATH'])) !==
        null
    const helper = isThere ? { name, logsInByItself: helpersThatLogIn.has(name) } : null
    const usual = helper === null || helper.logsInByItself ? 'longshore' : 'helper'
    return { helper, usual, dockerConfigFile }
  }

  async function saveInHelper(host: string, credential: Credential): Promise<SavedIn> {
    const name = await helperOf(host)
    if (name === null) {
      throw new Failure('conflict', say`Docker has no credential helper for ${host}.`, {
        hint: say`Choose another place, or name a helper as credsStore in docker's config.json.`,
      })
    }
    const helper = helperCalled(name)
    await helper.store(serverAddress(host), credential)
    // gcloud's helper says yes to everything that it is given, and forgets it.
    if (!isSame((await helper.get(serverAddress(host)))?.credential, credential)) {
      throw new Failure('conflict', say`docker-credential-${name} did not keep the login.`, {
        hint: say`It makes its logins by itself. Take it out of docker's config.json to log in otherwise.`,
      })
    }
    await own.remove(host)
    return { source: 'credential-helper', helper: name }
  }

  /** So that what is kept elsewhere is what counts. */
  async function takeOutOfHelper(host: string): Promise<void> {
    const name = await helperOf(host)
    if (name === null) return
    try {
      const helper = helperCalled(name)
      const keeps = async () => (await helper.get(serverAddress(host))) !== null
      if (!(await keeps())) return
      if (!helpersThatLogIn.has(name)) {
        await helper.erase(serverAddress(host))
        if (!(await keeps())) return
      }
    } catch (error) {
      // Looking up a credential goes on past such a helper, too.
      if (!helpersThatLogIn.has(name) && !isNotInstalled(error)) throw error
      onWarning(toFailure(error).message)
      return
    }
    throw new Failure('conflict', say`docker-credential-${name} logs in to ${host} by itself.`, {
      hint: say`Helpers count first: use that login, or take the helper out of docker's config.json.`,
    })
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
          onWarning(toFailure(error).message)
        }
      }
      return null
    },

    places: (host) => places(canonicalHost(host)),

    save: (givenHost, credential, chosen) =>
      exclusively(async () => {
        const host = canonicalHost(givenHost)
        const place = chosen ?? (await places(host)).usual
        if (place === 'helper') return saveInHelper(host, credential)
        await takeOutOfHelper(host)
        if (place === 'docker-config') {
          await writeToDockerConfig(dockerConfigFile, host, credential)
          await own.remove(host)
          return { source: 'docker-config' }
        }
        const kept = await readableOnes(store)
        await store.write({ ...kept, [host]: keptLoginOf(credential) })
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

function isSame(kept: Credential | undefined, given: Credential): boolean {
  if (kept === undefined) return false
  return isDeepStrictEqual(kept, given)
}

function isNotInstalled(error: unknown): boolean {
  return error instanceof Failure && error.code === 'not-found'
}

function sentenceOf(error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error)
  const words = error instanceof Failure ? error.engineMessage : undefined
  return words === undefined ? sentence : say`${sentence} It says: ${words}`
}
