import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import { openVolumeHelper, type VolumeHelper } from './volumeHelper'

interface Held {
  link: EngineLink
  helper: Promise<VolumeHelper>
  users: number
}

/** The helpers of volumes that are looked at: one for each, as long as somebody has it. */
export class HeldHelpers {
  readonly #held = new Map<string, Held>()
  readonly #ending = new Set<Promise<void>>()

  /** Lets `use` have the volume's helper; the last one to go takes it away. */
  async with<Result>(
    engineId: string,
    link: EngineLink,
    volume: string,
    use: (helper: VolumeHelper) => Promise<Result>,
  ): Promise<Result> {
    const release = this.hold(engineId, link, volume)
    try {
      return await use(await release.helper)
    } finally {
      release.end()
    }
  }

  /** As `with`, until `end` is called. */
  hold(
    engineId: string,
    link: EngineLink,
    volume: string,
  ): { helper: Promise<VolumeHelper>; end: () => void } {
    const key = `${engineId} ${volume}`
    let held = this.#held.get(key)
    // A link that is over has taken its helper's engine along.
    if (held?.link !== link) {
      held = { link, helper: openVolumeHelper(link, volume), users: 0 }
      this.#held.set(key, held)
    }
    const mine = held
    mine.users++
    mine.helper.catch(() => this.#forget(key, mine))
    let ended = false
    return {
      helper: mine.helper,
      end: () => {
        if (ended) return
        ended = true
        if (--mine.users > 0) return
        this.#forget(key, mine)
        this.#close(mine)
      },
    }
  }

  /** The helper may have been removed behind our back: the next one who asks gets a new one. */
  lost(engineId: string, volume: string): void {
    this.#held.delete(`${engineId} ${volume}`)
  }

  /** Takes away what is still held. */
  async close(): Promise<void> {
    for (const held of this.#held.values()) this.#close(held)
    this.#held.clear()
    await Promise.all(this.#ending)
  }

  #forget(key: string, held: Held): void {
    if (this.#held.get(key) === held) this.#held.delete(key)
  }

  #close(held: Held): void {
    const closing = held.helper
      .then((helper) => helper.close())
      .catch(() => undefined)
      .finally(() => this.#ending.delete(closing))
    this.#ending.add(closing)
  }
}

/** True where the helper itself is gone, not a file in it. */
export async function isGone(link: EngineLink, { containerId }: VolumeHelper): Promise<boolean> {
  try {
    await link.client.call((docker, abortSignal) =>
      docker.getContainer(containerId).inspect({ abortSignal }),
    )
    return false
  } catch (error) {
    return toFailure(error).code === 'not-found'
  }
}
