import { helpersThatLogIn } from '../../preload/contract/registries'
import { Failure } from '../errors'
import { credentialOf, type Credential } from './credential'
import type { CredentialHelper } from './credentialHelper'
import { readDockerConfig, removeFromDockerConfig } from './dockerConfig'
import { hostOfKey, serverAddress } from './hosts'
import type { PasswordStore } from './passwordStore'

export type CredentialSource = 'docker-config' | 'credential-helper' | 'podman-auth' | 'longshore'

/** A registry that someone is logged in to. Holds no secret. */
export interface Login {
  host: string
  /** Null where only a token is known. */
  username: string | null
  source: CredentialSource
  /** With source `credential-helper`: the name, as in `docker-credential-<name>`. */
  helper?: string
}

/** One place that keeps logins. Every method may throw a Failure; hosts are canonical. */
export interface LoginSource {
  list(): Promise<Login[]>
  lookup(host: string): Promise<Credential | null>
  /** Nothing happens when it does not know the host. */
  remove(host: string): Promise<void>
}

/** What this app keeps itself. */
export function ownSource(store: PasswordStore): LoginSource {
  return {
    async list() {
      const passwords = await store.read()
      return Object.entries(passwords).map(([host, login]) => ({
        host,
        username: 'username' in login ? login.username : null,
        source: 'longshore',
      }))
    },
    async lookup(host) {
      const { [host]: login } = await store.read()
      return login ? credentialOf(login) : null
    },
    async remove(host) {
      const { [host]: removed, ...kept } = await store.read()
      if (removed) await store.write(kept)
    },
  }
}

/** The `auths` of docker's config.json or of Podman's auth.json. */
export function fileSource(file: string, source: 'docker-config' | 'podman-auth'): LoginSource {
  return {
    async list() {
      const { logins } = await readDockerConfig(file)
      return [...logins].map(([host, { username }]) => ({
        host,
        username,
        source,
      }))
    },
    async lookup(host) {
      const { logins } = await readDockerConfig(file)
      return logins.get(host)?.credential ?? null
    },
    async remove(host) {
      await removeFromDockerConfig(file, host)
    },
  }
}

/** A helper that `credHelpers` names for one host. Asked for that host only. */
export function hostHelperSource(
  ofHost: string,
  name: string,
  helper: () => CredentialHelper,
): LoginSource {
  return {
    async list() {
      const login = await helper().get(serverAddress(ofHost))
      return login
        ? [{ host: ofHost, username: login.username, source: 'credential-helper', helper: name }]
        : []
    },
    lookup: (host) => (host === ofHost ? lookupIn(helper(), host) : Promise.resolve(null)),
    remove: (host) => (host === ofHost ? eraseFrom(name, helper, host) : Promise.resolve()),
  }
}

/** The helper that `credsStore` names, for every host that has no helper of its own. */
export function defaultHelperSource(
  name: string,
  helper: () => CredentialHelper,
  hostsOfOthers: ReadonlySet<string>,
): LoginSource {
  return {
    async list() {
      const logins: Login[] = []
      for (const [address, username] of await helper().list()) {
        const host = hostOfKey(address)
        // Only what `lookup` would find: Docker Desktop also keeps `…/v1/access-token` and the like.
        if (host === null || address !== serverAddress(host) || hostsOfOthers.has(host)) continue
        logins.push({ host, username, source: 'credential-helper', helper: name })
      }
      return logins
    },
    lookup: (host) => (hostsOfOthers.has(host) ? Promise.resolve(null) : lookupIn(helper(), host)),
    remove: (host) => (hostsOfOthers.has(host) ? Promise.resolve() : eraseFrom(name, helper, host)),
  }
}

async function lookupIn(helper: CredentialHelper, host: string): Promise<Credential | null> {
  return (await helper.get(serverAddress(host)))?.credential ?? null
}

/** A helper that is not installed keeps nothing, one that logs in by itself neither. */
async function eraseFrom(
  name: string,
  helper: () => CredentialHelper,
  host: string,
): Promise<void> {
  if (helpersThatLogIn.has(name)) return
  try {
    await helper().erase(serverAddress(host))
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'not-found')) throw error
  }
}
