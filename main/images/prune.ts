import { freedBy, type LayerSharing } from '../../preload/contract/layers'
import type { PruneRequest, PruneResult } from '../../preload/contract/prune'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { readSharing } from '../layers/layers'
import { removeByName } from './actions'
import { listEverything } from './everything'
import { verdictOf } from './pruneVerdict'

type Chosen = PruneRequest['images'][number]
type Kept = PruneResult['kept'][number]

/** Between two looks at what the engine has, milliseconds: it changes while images go. */
const lookMillis = 200

/**
 * Removes images that a person saw listed, and no others. Each is looked at again: it stays where a
 * container uses it by now, where it has other names, and where an image that stays is built on it.
 */
export function pruneImages(services: JobServices, { engineId, images }: PruneRequest): Work {
  const [first] = images
  return {
    subject:
      images.length === 1 && first
        ? (first.references[0] ?? first.id.slice('sha256:'.length, 19))
        : say`${images.length} images`,
    async run(context) {
      const session = services.engines.get(engineId)
      const map = await readSharing(services.layerFacts, session, context.signal)
      const prune = new Prune(session.connection.link, map, images, context)
      try {
        await prune.run()
      } finally {
        // Also of one that was cancelled: what is gone is gone.
        await prune.tell()
      }
    },
  }
}

class Prune {
  readonly #link: EngineLink
  readonly #sharing: LayerSharing
  readonly #images: readonly Chosen[]
  readonly #context: JobContext
  readonly #going: Map<string, Chosen>
  readonly #gone: Chosen[] = []
  readonly #kept: Kept[] = []

  constructor(
    link: EngineLink,
    sharing: LayerSharing,
    images: readonly Chosen[],
    context: JobContext,
  ) {
    this.#link = link
    this.#sharing = sharing
    this.#images = images
    this.#context = context
    this.#going = new Map(images.map((image) => [image.id, image]))
  }

  /** In passes: an image can go when those that are built on it have gone. */
  async run(): Promise<void> {
    const { signal } = this.#context
    let waiting = [...this.#going.values()]
    for (let before = Infinity; waiting.length > 0 && waiting.length < before;) {
      before = waiting.length
      waiting = await this.#pass(waiting, signal)
    }
    for (const image of waiting) this.#keep(image, 'has-children', '')
  }

  /** What is gone, what stays and why, and the bytes of the layers that nobody has any more. */
  async tell(): Promise<void> {
    // Not by the job's signal, which has ended where it was cancelled.
    const { images } = await listEverything(this.#link)
    const gone = this.#images.filter(({ id }) => !images.has(id))
    this.#context.report({
      result: {
        kind: 'prune',
        removed: gone.length,
        kept: this.#kept,
        freedBytes: this.#bytesOf(gone),
      },
    })
  }

  /** @returns those whose turn has not come */
  async #pass(images: readonly Chosen[], signal: AbortSignal): Promise<Chosen[]> {
    const later: Chosen[] = []
    let now = await listEverything(this.#link, signal)
    let lookedAt = performance.now()
    for (const image of images) {
      signal.throwIfAborted()
      // One with several names loses the first before an engine would notice that it is used.
      if (performance.now() - lookedAt > lookMillis || image.references.length > 1) {
        this.#report()
        now = await listEverything(this.#link, signal)
        lookedAt = performance.now()
      }
      const verdict = verdictOf(image, new Set(this.#going.keys()), now)
      if (verdict.kind === 'keep') this.#keep(image, verdict.reason, verdict.detail)
      else if (verdict.kind === 'later') later.push(image)
      else if (verdict.kind === 'gone' || (await this.#remove(image))) {
        this.#going.delete(image.id)
        this.#gone.push(image)
      }
    }
    return later
  }

  async #remove(image: Chosen): Promise<boolean> {
    const { id, references } = image
    try {
      for (const name of references.length > 0 ? references : [id]) {
        await removeByName(this.#link, name)
      }
      return true
    } catch (error) {
      const { code, message, engineMessage } = toFailure(error)
      if (code === 'not-found') return true
      this.#keep(image, 'failed', engineMessage ?? message)
      return false
    }
  }

  #keep({ id, references }: Chosen, reason: Kept['reason'], detail: string): void {
    this.#going.delete(id)
    this.#kept.push({ id, references, reason, detail })
  }

  #report(): void {
    this.#context.report({
      currentBytes: this.#bytesOf(this.#gone),
      totalBytes: this.#bytesOf(this.#images),
    })
  }

  #bytesOf(images: readonly Chosen[]): number {
    return freedBy(
      this.#sharing,
      images.map(({ id }) => id),
    ).bytes
  }
}
