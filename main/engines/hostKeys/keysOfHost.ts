import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { algorithmOf, fingerprintOf, knownHostName } from './knownHosts'

/** A key that a file tells of a host. */
export interface KeptKey {
  key: Buffer
  revoked: boolean
  file: string
}

export interface KeysOfHostOptions {
  host: string
  port: number
  kept: readonly KeptKey[]
  /** Told a key that the host shows while none is known. */
  onUnknown: (key: Buffer) => void
}

/** What is known of one host, and the judgement of what it shows. */
export class KeysOfHost {
  readonly #options: KeysOfHostOptions

  constructor(options: KeysOfHostOptions) {
    this.#options = options
  }

  /**
   * The kinds of its trusted keys. They are to be asked for first: a host that is known by one of its keys is
   * not to be taken for another because it shows the next.
   */
  get algorithms(): string[] {
    return [...new Set(this.#trusted.map(({ key }) => algorithmOf(key)))]
  }

  /**
   * Null for a key that is trusted. Stricter than ssh, which takes a key of another kind for a first meeting:
   * a known host that shows none of its known keys is refused.
   */
  refusalOf(key: Buffer): Failure | null {
    const { host, port, kept, onUnknown } = this.#options
    const revoked = kept.find((each) => each.revoked && each.key.equals(key))
    if (revoked) {
      return new Failure('untrusted-host', say`${host} shows a key that was revoked.`, {
        hint: say`Its line in ${revoked.file} says @revoked: somebody else may have that key. Ask whoever runs the host.`,
      })
    }
    const trusted = this.#trusted
    if (trusted.some((each) => each.key.equals(key))) return null
    const algorithm = algorithmOf(key)
    const shown = { host, port, algorithm, fingerprint: fingerprintOf(key) }
    const known = trusted.find((each) => algorithmOf(each.key) === algorithm) ?? trusted[0]
    if (!known) {
      onUnknown(key)
      return new Failure(
        'untrusted-host',
        say`${host} is not known yet: its key has to be compared first.`,
        {
          hint: say`Compare the fingerprint with the one that the host itself tells, then trust it.`,
          hostKey: { ...shown, trusted: null },
        },
      )
    }
    const name = knownHostName(host, port)
    return new Failure(
      'untrusted-host',
      say`${host} shows another key than before: this may be an attack, somebody between you and the host.`,
      {
        hint: say`Ask whoever runs the host. Only if its key was changed on purpose, remove the old one: ssh-keygen -f "${known.file}" -R "${name}"`,
        hostKey: { ...shown, trusted: fingerprintOf(known.key) },
      },
    )
  }

  get #trusted(): KeptKey[] {
    return this.#options.kept.filter(({ revoked }) => !revoked)
  }
}
