import type { Registry } from '../../preload/contract/registries'
import { Failure } from '../errors'
import { log } from '../log'
import type { SecretStore } from '../secrets'
import { dockerConfigFile, podmanAuthFiles } from './authPlaces'
import { registryAuthHeader, registryConfigHeader, type Credential } from './credential'
import { createCredentials, type Credentials } from './credentials'
import { canonicalHost, isLoopback } from './hosts'
import { createPasswordStore } from './passwordStore'
import { createRegistryApi } from './protocol/api'
import type { RegistryApi } from './protocol/types'
import { checkLogin } from './registryClient'

export interface RegistriesOptions {
  secrets: SecretStore
  env: Record<string, string | undefined>
  home: string
}

/** Who is logged in where, and what pull and push send along. */
export class Registries {
  readonly #credentials: Credentials
  readonly #protection: SecretStore['protection']

  constructor({ secrets, env, home }: RegistriesOptions) {
    this.#protection = secrets.protection
    this.#credentials = createCredentials({
      dockerConfigFile: dockerConfigFile(env, home),
      podmanAuthFiles: podmanAuthFiles(env, home, process.getuid?.()),
      store: createPasswordStore(secrets),
      onWarning: (sentence) => log.warn(sentence),
    })
  }

  async list(): Promise<{
    registries: Registry[]
    protection: SecretStore['protection']
    warnings: string[]
  }> {
    const { logins, warnings } = await this.#credentials.list()
    return {
      registries: logins.map(({ host, username, source, helper }) => ({
        host,
        username,
        source,
        helper: helper ?? null,
      })),
      protection: this.#protection,
      warnings,
    }
  }

  /** Asks the registry, then keeps the password. Throws `unauthorized` for a wrong one. */
  async logIn(login: { host: string; username: string; password: string }): Promise<void> {
    const host = canonicalHost(login.host)
    const { username, password } = login
    const answer = await checkLogin({
      host,
      credential: { kind: 'password', username, password },
    })
    if (!answer.ok) throw new Failure(answer.code, answer.message, { hint: answer.hint })
    await this.#credentials.save(host, { username, password })
  }

  async logOut(host: string): Promise<void> {
    await this.#credentials.remove(canonicalHost(host))
  }

  /**
   * A registry, to be asked by the distribution protocol as whoever is logged in there now. The caller
   * closes it.
   */
  async api(host: string): Promise<RegistryApi> {
    const canonical = canonicalHost(host)
    return createRegistryApi({
      host: canonical,
      scheme: isLoopback(canonical) ? 'https-then-http' : 'https',
      ca: null,
      skipVerify: false,
      credential: await this.#credentials.lookup(canonical),
    })
  }

  /** The `X-Registry-Auth` header for one host; it asks anonymously where nobody is logged in. */
  async authorizationFor(host: string): Promise<string> {
    const canonical = canonicalHost(host)
    return registryAuthHeader(await this.#credentials.lookup(canonical), canonical)
  }

  /** The `X-Registry-Config` header of a build, which may need any of the logins. */
  async authorizationForBuild(): Promise<string> {
    const { logins } = await this.#credentials.list()
    const found: { host: string; credential: Credential }[] = []
    for (const { host } of logins) {
      const credential = await this.#credentials.lookup(host)
      if (credential) found.push({ host, credential })
    }
    return registryConfigHeader(found)
  }
}
