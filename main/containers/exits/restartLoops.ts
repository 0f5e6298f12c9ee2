import type { Container, RestartLoop } from '../../../preload/contract/containers'
import { lastExitCode, type End } from './ends'

/** So many restarts by the engine make a loop. */
const FEWEST_RESTARTS = 3
/** Within so long: Docker waits up to a minute between two of them. */
const WINDOW_MILLIS = 5 * 60_000
/** One that has run for so long is out of it. */
const CALM_MILLIS = 2 * 60_000
/** One that has been down for so long is not started any more. */
const DOWN_MILLIS = 10_000

/** What an inspection tells of restarts. */
export interface Restarts {
  /** By the engine itself, since a person started it. */
  count: number
  policy: string
  /** Of `on-failure`; 0: without end. */
  maximumRetries: number
}

export type Watched = Pick<
  Container,
  'id' | 'state' | 'createdAt' | 'startedAt' | 'finishedAt' | 'exitCode'
>

export interface Look {
  loop: RestartLoop | null
  /** When it has to be looked at again though nothing happens; null: it need not. */
  againAt: number | null
}

/** Spots containers that their engine starts again and again. */
export class RestartLoops {
  /** The count at the last look, and when it was seen to grow. */
  readonly #seen = new Map<string, { count: number; times: number[] }>()

  /**
   * @param end How it ended last, as events told it; `asked`: on request.
   */
  look(
    container: Watched,
    restarts: Restarts,
    end: Pick<End, 'exitCode' | 'asked'>,
    now: number,
  ): Look {
    const { id, state, startedAt, finishedAt } = container
    const { asked } = end
    const recent = this.#note(container, restarts.count, now)
    const { count, maximumRetries } = restarts
    const told = { restarts: count, lastExitCode: lastExitCode(container, end) }
    const loop = { ...told, gaveUp: false }
    if (state === 'restarting') {
      return { loop: count >= FEWEST_RESTARTS ? loop : null, againAt: null }
    }
    if (state === 'running' && recent >= FEWEST_RESTARTS) {
      const calmAt = (startedAt ?? now) + CALM_MILLIS
      return calmAt > now ? { loop, againAt: calmAt } : { loop: null, againAt: null }
    }
    if (state === 'exited' && !asked) {
      if (restarts.policy === 'on-failure' && maximumRetries > 0 && count >= maximumRetries) {
        return { loop: { ...told, gaveUp: true }, againAt: null }
      }
      // Podman has no state between an end and the start that follows it.
      const isDownAt = (finishedAt ?? 0) + DOWN_MILLIS
      if (recent >= FEWEST_RESTARTS && restarts.policy !== 'no' && isDownAt > now) {
        return { loop, againAt: isDownAt }
      }
    }
    if (asked) this.#seen.set(id, { count, times: [] })
    return { loop: null, againAt: null }
  }

  forget(id: string): void {
    this.#seen.delete(id)
  }

  /** Forgets those that are gone, as a list tells. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id)
  }

  /** How many restarts the last minutes saw. */
  #note({ id, createdAt }: Watched, count: number, now: number): number {
    const before = this.#seen.get(id)
    if (!before) {
      // None was seen: they count where, over all its life, they came as often as in a loop.
      const life = Math.max(now - createdAt, 1)
      const times = life / count <= WINDOW_MILLIS / FEWEST_RESTARTS ? count : 0
      this.#seen.set(id, { count, times: Array<number>(Math.min(times, 10)).fill(now) })
    } else {
      const grown = Math.min(10, Math.max(0, count - before.count))
      const kept = before.times.filter((at) => now - at <= WINDOW_MILLIS)
      const times = count < before.count ? [] : [...kept, ...Array<number>(grown).fill(now)]
      this.#seen.set(id, { count, times: times.slice(-10) })
    }
    return this.#seen.get(id)?.times.length ?? 0
  }
}
