import type { FilesFacts, FilesTarget } from '../../preload/contract/files'
import type { Engines } from '../engines/engines'
import { toFailure } from '../errors'
import { Watcher } from '../live/watcher'
import { HeldHelpers, isGone } from './helpers'
import { placeOf, placeOfVolume, type Place } from './place'
import type { FileTree } from './tree'

/** How long what was read of an archive answers for its deeper folders, milliseconds. */
const keptMillis = 120_000
const MOST_TREES = 4
/** A container may change many times in one moment. */
const collectMillis = 100

interface KeptTree {
  key: string
  tree: FileTree
  readAt: number
  readBytes: number
}

/** The files of containers and volumes: who looks at them, and what was read of them. */
export class Files {
  readonly #engines: Engines
  readonly #helpers = new HeldHelpers()
  #trees: KeptTree[] = []
  /** Containers that have no `find` and `stat`, by id. */
  readonly withoutPrograms = new Set<string>()

  constructor(engines: Engines) {
    this.#engines = engines
  }

  /** Lets `use` work with the files of a target. A volume's helper that was removed meanwhile is made again, once. */
  async with<Result>(
    target: FilesTarget,
    use: (place: Place) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const { engineId } = target
    const { link } = this.#engines.get(engineId).connection
    if ('containerId' in target) return use(await placeOf(link, target.containerId, signal))
    const { volume } = target
    const attempt = (isLast: boolean): Promise<Result> =>
      this.#helpers.with(engineId, link, volume, async (helper) => {
        try {
          return await use(placeOfVolume(link, volume, helper))
        } catch (error) {
          const mayBeGone = !isLast && toFailure(error).code === 'not-found'
          if (!mayBeGone || !(await isGone(link, helper))) throw error
          this.#helpers.lost(engineId, volume)
          return attempt(true)
        }
      })
    return attempt(false)
  }

  /** As `with`, for a change: what was read before is not true any more, also where it fails half way. */
  changing<Result>(
    target: FilesTarget,
    change: (place: Place) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    return this.with(
      target,
      async (place) => {
        try {
          return await change(place)
        } finally {
          this.#forgetTrees(place)
        }
      },
      signal,
    )
  }

  /** What can be done, and again whenever that changes. Holds a volume's helper meanwhile. */
  async *watch(
    target: FilesTarget,
    signal: AbortSignal,
  ): AsyncGenerator<FilesFacts, void, undefined> {
    if ('volume' in target) {
      yield* this.#watchVolume(target, signal)
      return
    }
    const { containers, connection } = this.#engines.get(target.engineId)
    const watcher = new Watcher()
    const detach = containers.collection.attach(watcher)
    try {
      let before: string | null = null
      do {
        const row = containers.collection.get(target.containerId)
        const now = `${row?.state} ${row?.startedAt}`
        if (now === before) continue
        before = now
        const place = await placeOf(connection.link, target.containerId, signal)
        yield { running: place.running, readOnlyRoot: place.readOnlyRoot, mounts: place.mounts }
      } while (await watcher.next(signal, collectMillis))
    } finally {
      detach()
    }
  }

  /** A tree that still answers for this folder. */
  keptTree(place: Place, path: string): KeptTree | null {
    const now = Date.now()
    this.#trees = this.#trees.filter(({ readAt }) => now - readAt < keptMillis)
    return (
      this.#trees.find(({ key, tree }) => key === keyOf(place) && tree.entriesOf(path) !== null) ??
      null
    )
  }

  keepTree(place: Place, tree: FileTree, readBytes: number): void {
    const key = keyOf(place)
    this.#trees = this.#trees.filter((each) => each.key !== key || each.tree.root !== tree.root)
    this.#trees = [{ key, tree, readAt: Date.now(), readBytes }, ...this.#trees].slice(
      0,
      MOST_TREES,
    )
  }

  async close(): Promise<void> {
    await this.#helpers.close()
  }

  #forgetTrees({ containerId, volume }: Place): void {
    const beginning = `${volume ?? containerId} `
    this.#trees = this.#trees.filter(({ key }) => !key.startsWith(beginning))
  }

  async *#watchVolume(
    { engineId, volume }: { engineId: string; volume: string },
    signal: AbortSignal,
  ): AsyncGenerator<FilesFacts, void, undefined> {
    const { link } = this.#engines.get(engineId).connection
    const held = this.#helpers.hold(engineId, link, volume)
    try {
      const { running, readOnlyRoot, mounts } = placeOfVolume(link, volume, await held.helper)
      yield { running, readOnlyRoot, mounts }
      // Until nobody looks any more.
      await new Watcher().next(signal, 0)
    } finally {
      held.end()
    }
  }
}

/** By what it is of, and since when that has not started or ended. */
const keyOf = ({ containerId, volume, since }: Place) => `${volume ?? containerId} ${since}`
