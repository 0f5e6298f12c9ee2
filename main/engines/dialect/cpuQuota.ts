/** The period of CPU quotas unless another is asked for (CFS bandwidth control), microseconds. */
export const PERIOD_MICROS = 100_000

/** The quota that gives so many cores, microseconds in a period; -1: no limit. */
export function quotaMicrosOf(cores: number | null): number {
  return cores === null ? -1 : Math.round(cores * PERIOD_MICROS)
}
