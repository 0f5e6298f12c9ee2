import { readFile } from 'node:fs/promises'
import type { HostKey } from '../../../preload/contract/hostKeys'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { createQueue } from '../../queue'
import { isMissing, systemCodeOf, writeFileAtomically } from '../../systemFiles'
import { KeysOfHost, type KeptKey } from './keysOfHost'
import {
  algorithmOf,
  fingerprintOf,
  formatKnownHost,
  isAbout,
  knownHostName,
  parseKnownHosts,
} from './knownHosts'

export interface HostKeysOptions {
  /** The app's own file, in the form of `known_hosts`. */
  ownFile: string
  /** Those of ssh, which are read and never written. */
  otherFiles: readonly string[]
}

/** By which keys hosts prove who they are. */
export class HostKeys {
  readonly #options: HostKeysOptions
  /** The last key that each host showed here and that nothing is known of. */
  readonly #shown = new Map<string, Buffer>()
  readonly #exclusively = createQueue()

  constructor(options: HostKeysOptions) {
    this.#options = options
  }

  /**
   * What is known of a host. The files are read each time: what a person has changed in them counts from the
   * next connection on. Throws where one is there and cannot be read, for it may hold the host's key.
   */
  async of(host: string, port: number): Promise<KeysOfHost> {
    const name = knownHostName(host, port)
    const kept: KeptKey[] = []
    for (const file of [this.#options.ownFile, ...this.#options.otherFiles]) {
      const about = parseKnownHosts(await textOf(file)).filter((line) => isAbout(line, name))
      kept.push(...about.map(({ key, revoked }) => ({ key, revoked, file })))
    }
    const onUnknown = (key: Buffer) => this.#shown.set(name, key)
    return new KeysOfHost({ host, port, kept, onUnknown })
  }

  /** Trusts a key from now on. Throws `not-found` for one that the host did not show, `conflict` where another is known. */
  trust(key: HostKey): Promise<void> {
    return this.#exclusively(() => this.#trust(key))
  }

  async #trust({ host, port, algorithm, fingerprint }: HostKey): Promise<void> {
    const shown = this.#shown.get(knownHostName(host, port))
    if (!shown || algorithmOf(shown) !== algorithm || fingerprintOf(shown) !== fingerprint) {
      throw new Failure(
        'not-found',
        say`${host} has not shown this key since Longshore was started.`,
        {
          hint: say`Connect to it again, and compare the key that it shows then.`,
        },
      )
    }
    const known = await this.of(host, port)
    if (known.algorithms.length > 0) {
      throw new Failure('conflict', say`A key of ${host} is known already, and it is not replaced.`)
    }
    const { ownFile } = this.#options
    const before = await textOf(ownFile)
    const separator = before === '' || before.endsWith('\n') ? '' : '\n'
    await writeFileAtomically(ownFile, before + separator + formatKnownHost(host, port, shown))
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw new Failure(
      'permission-denied',
      say`The keys of known hosts in ${file} cannot be read.`,
      {
        hint: say`Make the file readable: without it no host can prove who it is.`,
        engineMessage: systemCodeOf(error) ?? undefined,
        cause: error,
      },
    )
  }
}
