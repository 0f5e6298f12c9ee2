import { metricIndex, type Mark } from '../../preload/contract/stats'
import type { Container } from '../../preload/contract/containers'

/** What of a container's life can be told by a mark; the exit code is that of its last end. */
export type Life = Pick<
  Container,
  'state' | 'health' | 'startedAt' | 'finishedAt' | 'exitCode' | 'oomKilled'
>

/**
 * What happened to a container between two looks at it. Starts and stops carry the engine's own time
 * stamps, so that the same one is recognised when it is told again after a reconnect or a restart of
 * the app; what has no time stamp happened `now`.
 *
 * @param before Null at the first look: only starts and stops are known then.
 */
export function marksBetween(before: Life | null, after: Life, now: number): Mark[] {
  const marks: Mark[] = []
  const { startedAt, finishedAt, exitCode, health } = after
  if (finishedAt !== null && finishedAt !== before?.finishedAt) {
    if (after.oomKilled && exitCode !== null) marks.push({ kind: 'oom', at: finishedAt, kills: 1 })
    marks.push({ kind: 'stop', at: finishedAt, exitCode })
  }
  if (startedAt !== null && startedAt !== before?.startedAt) {
    marks.push({ kind: 'start', at: startedAt })
  }
  if (!before) return marks
  if (before.state === 'running' && after.state === 'paused') marks.push({ kind: 'pause', at: now })
  if (before.state === 'paused' && after.state === 'running') {
    marks.push({ kind: 'unpause', at: now })
  }
  if (health !== before.health && health !== 'none') {
    marks.push({ kind: 'health', at: now, health })
  }
  return marks
}

/** The limits of a row of values. */
export interface Limits {
  cpuLimitPercent: number | null
  memoryLimitBytes: number | null
  processesLimit: number | null
}

export function limitsOf(values: Float64Array): Limits {
  const valueOf = (index: number) => {
    const value = values[index] ?? Number.NaN
    return Number.isNaN(value) ? null : value
  }
  return {
    cpuLimitPercent: valueOf(metricIndex.cpuLimitPercent),
    memoryLimitBytes: valueOf(metricIndex.memoryLimitBytes),
    processesLimit: valueOf(metricIndex.processesLimit),
  }
}

export function sameLimits(one: Limits, other: Limits): boolean {
  return (
    one.cpuLimitPercent === other.cpuLimitPercent &&
    one.memoryLimitBytes === other.memoryLimitBytes &&
    one.processesLimit === other.processesLimit
  )
}
