import { metrics } from '../../../preload/contract/stats'

/** One of the rings that a container's past is kept in, the finer for the shorter time. */
export interface Tier {
  /** Of its file. */
  name: string
  /** The time that a row stands for. The finest holds single samples as they came. */
  bucketMillis: number
  /** Rows; then the oldest is overwritten. */
  capacity: number
  /** Numbers in a row. */
  columns: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** 1 s for 15 minutes: each metric's value. */
export const samples: Tier = {
  name: '1s',
  bucketMillis: SECOND,
  capacity: 15 * 60,
  columns: metrics.length,
}

/** 10 s for 24 hours and 5 minutes for 30 days: each metric's average, minimum and maximum. */
export const buckets: readonly Tier[] = [
  { name: '10s', bucketMillis: 10 * SECOND, capacity: 24 * 360, columns: metrics.length * 3 },
  { name: '5min', bucketMillis: 5 * MINUTE, capacity: 30 * 288, columns: metrics.length * 3 },
]

/** Where a metric's figures stand in a bucket's row. */
export const inBucket = { average: 0, minimum: 1, maximum: 2 } as const
export const FIGURES = 3
