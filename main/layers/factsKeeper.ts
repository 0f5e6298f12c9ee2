import type { Session } from '../engines/session'
import { toFailure } from '../errors'
import { fullImageId } from '../images/summary'
import { inParallel } from '../inParallel'
import { readDiffIds, readSteps, type Step } from './steps'

const CALLS_AT_ONCE = 8

/** What is known of one engine's images, by their ids. Images never change: each thing is asked for once. */
interface Known {
  diffIds: Map<string, string[]>
  steps: Map<string, Step[]>
}

/** What engines told of their images, as long as they have them. */
export class FactsKeeper {
  readonly #known = new WeakMap<Session, Known>()
  /** Of analysed images, which steps made no layer. */
  readonly #emptySteps = new Map<string, boolean[]>()

  /** The layers of an image, the lowest first. */
  async diffIds(session: Session, id: string, signal: AbortSignal): Promise<string[]> {
    const { diffIds } = this.#of(session)
    const found = diffIds.get(id) ?? (await readDiffIds(session.connection.link, id, signal))
    diffIds.set(id, found)
    return found
  }

  /** The steps of an image, bottom up. */
  async steps(session: Session, id: string, signal: AbortSignal): Promise<Step[]> {
    const { steps } = this.#of(session)
    const found = steps.get(id) ?? (await readSteps(session.connection.link, id, signal))
    steps.set(id, found)
    return found
  }

  /** By the image's own configuration; null where nobody has read it. */
  emptySteps(id: string): boolean[] | null {
    return this.#emptySteps.get(id) ?? null
  }

  keepEmptySteps(id: string, emptySteps: boolean[]): void {
    this.#emptySteps.set(id, emptySteps)
  }

  /**
   * Asks for all images of an engine, a few at a time; images that have gone meanwhile are left out, and
   * what was known of those that went before is forgotten.
   *
   * @returns the ids, in order, of what is there
   */
  async readAll(
    session: Session,
    what: 'diffIds' | 'diffIds and steps',
    signal: AbortSignal,
    each?: () => void,
  ): Promise<string[]> {
    // Asked anew: the live list is a moment behind what was just built, pulled or removed.
    const listed = await session.connection.link.client.call(
      (docker, abortSignal) => docker.listImages({ abortSignal }),
      { signal },
    )
    const ids = [...new Set(listed.map(({ Id }) => fullImageId(Id)))].sort()
    this.#forgetAllBut(session, new Set(ids))
    const gone = new Set<string>()
    await inParallel(
      ids,
      CALLS_AT_ONCE,
      async (id, ended) => {
        try {
          await this.diffIds(session, id, ended)
          if (what === 'diffIds and steps') await this.steps(session, id, ended)
        } catch (error) {
          if (toFailure(error).code !== 'not-found') throw error
          gone.add(id)
        }
        each?.()
      },
      signal,
    )
    return ids.filter((id) => !gone.has(id))
  }

  #of(session: Session): Known {
    const known = this.#known.get(session) ?? { diffIds: new Map(), steps: new Map() }
    this.#known.set(session, known)
    return known
  }

  #forgetAllBut(session: Session, ids: ReadonlySet<string>): void {
    const { diffIds, steps } = this.#of(session)
    for (const map of [diffIds, steps]) {
      for (const id of map.keys()) if (!ids.has(id)) map.delete(id)
    }
  }
}
