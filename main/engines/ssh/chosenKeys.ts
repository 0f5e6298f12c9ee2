import {
  BaseAgent,
  createAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2'

type Key = string | Buffer | ParsedKey

/**
 * An agent that offers the wanted keys first, or only them: servers end a connection after a few keys that
 * they do not know (sshd_config(5), `MaxAuthTries`).
 */
export class ChosenKeys extends BaseAgent {
  readonly #agent: BaseAgent
  readonly #wanted: readonly Buffer[]
  readonly #only: boolean

  /**
   * @param address - the agent's socket or pipe, or `pageant`
   * @param wanted - public keys as SSH sends them
   */
  constructor(address: string, wanted: readonly Buffer[], only: boolean) {
    super()
    this.#agent = createAgent(address)
    this.#wanted = wanted
    this.#only = only
  }

  override getIdentities(done: IdentityCallback): void {
    this.#agent.getIdentities((error, keys) => {
      if (error || !keys) return done(error ?? new Error('The agent told no keys.'))
      const wanted = keys.filter((key) => this.#isWanted(key))
      const others = this.#only ? [] : keys.filter((key) => !this.#isWanted(key))
      done(null, [...wanted, ...others])
    })
  }

  override sign(
    key: Key,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    if (typeof options === 'function') this.#agent.sign(key, data, options)
    else this.#agent.sign(key, data, options, done)
  }

  #isWanted(key: unknown): boolean {
    if (!isParsed(key)) return false
    const publicKey = key.getPublicSSH()
    return this.#wanted.some((each) => each.equals(publicKey))
  }
}

/** Agents that listen at a socket tell their keys so. */
function isParsed(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'getPublicSSH' in key
}
