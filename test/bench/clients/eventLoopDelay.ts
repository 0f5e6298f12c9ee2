import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'

/** How late the event loop was: what a click would have waited for it, milliseconds. */
export interface EventLoopDelay {
  p99Millis: number
  longestMillis: number
}

/** The probe's timer; what it waits for anyway is no delay. */
const RESOLUTION_MILLIS = 1

/** Watches this process's event loop. The probe costs CPU itself, so it runs beside no other measurement. */
export async function measureEventLoopDelay(millis: number): Promise<EventLoopDelay> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS })
  histogram.enable()
  await delay(millis)
  histogram.disable()
  const late = (nanos: number) => Math.max(0, nanos / 1e6 - RESOLUTION_MILLIS)
  return { p99Millis: late(histogram.percentile(99)), longestMillis: late(histogram.max) }
}
