import type { LoginPlace, Registry, RegistrySettings } from '../../preload/contract/registries'
import { Failure } from '../errors'
import { log } from '../log'
import type { SecretStore } from '../secrets'
import { dockerConfigFile, podmanAuthFiles } from './authPlaces'
import { readAuthority } from './authority'
import { createClients, type Clients } from './clients'
import { registryAuthHeader, registryConfigHeader, type Credential } from './credential'
import { createCredentials, type Credentials, type Places } from './credentials'
import { canonicalHost, isLoopback } from './hosts'
import { withMirrors } from './mirrors'
import { createPasswordStore } from './passwordStore'
import type { RegistryAccess } from './protocol/access'
import type { RegistryApi } from './protocol/types'
import { checkLogin } from './registryClient'
import { createSettings, type Settings } from './settings'
import { RegistrySettingsFile } from './settingsFile'

export interface RegistriesOptions {
  secrets: SecretStore
  /** Where the settings of registries are kept. */
  settingsFile: string
  env: Record<string, string | undefined>
  home: string
}

export interface LogIn {
  host: string
  credential: Credential
  /** The usual place if undefined. */
  keepIn?: LoginPlace | undefined
}

/** Who is logged in where, how each registry is reached, and what pull and push send along. */
export class Registries {
  readonly settings: Settings
  readonly #credentials: Credentials
  readonly #clients: Clients
  readonly #protection: SecretStore['protection']

  constructor({ secrets, settingsFile, env, home }: RegistriesOptions) {
    this.#protection = secrets.protection
    this.settings = createSettings(new RegistrySettingsFile(settingsFile))
    this.#credentials = createCredentials({
      dockerConfigFile: dockerConfigFile(env, home),
      podmanAuthFiles: podmanAuthFiles(env, home, process.getuid?.()),
      store: createPasswordStore(secrets),
      onWarning: (sentence) => log.warn(sentence),
      environment: env,
    })
    this.#clients = createClients((host) => this.access(host))
  }

  async list(): Promise<{
    registries: Registry[]
    protection: SecretStore['protection']
    warnings: string[]
  }> {
    // Other programs log in and out, too: who looks at the list may have done so.
    this.#clients.lookAgain()
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

  places(host: string): Promise<Places> {
    return this.#credentials.places(host)
  }

  /** Asks the registry, then keeps the login. Throws `unauthorized` for a wrong one. */
  async logIn({ host: givenHost, credential, keepIn }: LogIn): Promise<void> {
    const host = canonicalHost(givenHost)
    const { plainHttp, skipVerify, ca } = await this.settings.of(host)
    const answer = await checkLogin({
      host,
      credential,
      insecure: plainHttp,
      ca: ca && (await readAuthority(ca)),
      skipVerify,
    })
    if (!answer.ok) throw new Failure(answer.code, answer.message, { hint: answer.hint })
    await this.#credentials.save(host, credential, keepIn)
    this.#clients.forget(host)
  }

  async logOut(host: string): Promise<void> {
    const canonical = canonicalHost(host)
    await this.#credentials.remove(canonical)
    this.#clients.forget(canonical)
  }

  /** @throws Failure as `Settings.change` */
  async changeSettings(settings: RegistrySettings, confirmed: boolean): Promise<void> {
    await this.settings.change(settings, confirmed)
    // Mirrors of others may be reached by it.
    this.#clients.forget()
  }

  /**
   * How a registry is reached, and as whom: by its settings, with the login of exactly this host.
   *
   * @throws Failure when the authority's file cannot be read
   */
  async access(host: string): Promise<RegistryAccess> {
    const canonical = canonicalHost(host)
    const { plainHttp, ca, skipVerify } = await this.settings.of(canonical)
    const usual = isLoopback(canonical) ? 'https-then-http' : 'https'
    return {
      host: canonical,
      scheme: plainHttp ? 'http' : usual,
      ca: ca && (await readAuthority(ca)),
      skipVerify,
      credential: await this.#credentials.lookup(canonical),
    }
  }

  /**
   * A registry, to be asked by the distribution protocol as whoever is logged in there now; its mirrors
   * are read first. Connections and tokens are shared: `close` of it lets go of them.
   */
  async api(host: string): Promise<RegistryApi> {
    const { mirrors } = await this.settings.of(canonicalHost(host))
    const origin = await this.originApi(host)
    if (mirrors.length === 0) return origin
    return withMirrors(origin, await this.#reachable(mirrors))
  }

  /** The same without its mirrors: for what is about the registry itself. */
  originApi(host: string): Promise<RegistryApi> {
    return this.#clients.use(canonicalHost(host))
  }

  /** Whether the person wants a registry's certificate not to be looked at, or plain HTTP spoken to it. */
  async isUnverified(host: string): Promise<boolean> {
    const { plainHttp, skipVerify } = await this.settings.of(canonicalHost(host))
    return plainHttp || skipVerify
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

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#clients.close()
  }

  /** A mirror that cannot even be begun with (its authority's file is gone) is no reason to fail. */
  async #reachable(mirrors: readonly string[]): Promise<RegistryApi[]> {
    const found: RegistryApi[] = []
    for (const mirror of mirrors) {
      try {
        found.push(await this.#clients.use(mirror))
      } catch (error) {
        log.warn({ error, mirror }, 'a mirror cannot be used')
      }
    }
    return found
  }
}
