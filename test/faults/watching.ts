import { expect, onTestFinished } from 'vitest'
import type { Api } from '../../preload/contract'
import {
  metricIndex,
  type Mark,
  type Metric,
  type StatsHistory,
  type StatsTick,
} from '../../preload/contract/stats'
import { firstOf } from '../client'

/** For `expect.poll`. */
export const WAIT = { timeout: 20_000, interval: 50 }

/** One engine's statistics as a page receives them, all kept for judging; ends with the test. */
export function watchStats(api: Api, engineId: string) {
  const ticks: StatsTick[] = []
  const leaving = new AbortController()
  const following = follow()
  onTestFinished(async () => {
    leaving.abort()
    await following
  })

  async function follow(): Promise<void> {
    try {
      const stream = await api.stats.watch({ engineId }, { signal: leaving.signal })
      for await (const tick of stream) ticks.push(tick)
    } catch (error) {
      if (!leaving.signal.aborted) throw error
    }
  }

  /** Null: not known at that tick; undefined: the container is not in it. */
  const valuesOf = (id: string, metric: Metric, from = 0): (number | null | undefined)[] =>
    ticks
      .slice(from)
      .map(({ containers }) => containers.find((one) => one.id === id)?.values[metricIndex[metric]])

  return {
    ticks,
    valuesOf,
    /** Resolves when a tick after the first `from` tells a figure of each container. */
    known: async (ids: readonly string[], metric: Metric = 'cpuPercent', from = ticks.length) => {
      for (const id of ids) {
        await expect.poll(() => valuesOf(id, metric, from).some(isKnown), WAIT).toBe(true)
      }
    },
    history: (id: string): Promise<StatsHistory> =>
      api.stats.history({ engineId, id, from: Date.now() - 120_000, to: Date.now() }),
    /** The marks of these kinds, once there are so many. */
    marks: async (id: string, kinds: readonly Mark['kind'][], count: number): Promise<Mark[]> => {
      const ofKinds = (marks: Mark[]) => marks.filter(({ kind }) => kinds.includes(kind))
      const signal = AbortSignal.timeout(WAIT.timeout)
      const all = api.stats.marks({ engineId, id }, { signal })
      return ofKinds(await firstOf(all, (some) => ofKinds(some).length >= count))
    },
  }
}

export function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number'
}
