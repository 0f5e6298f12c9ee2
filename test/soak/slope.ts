/** Of the standard normal distribution: one in twenty lies above. */
const QUANTILE = 1.645

export interface Growth {
  /** The median of the slopes between all pairs: up to three of ten values may be anything without moving it. */
  middle: number
  /** With which it would not be unlikely, one to twenty, to see what was seen; -Infinity for fewer than five values. */
  least: number
}

/**
 * How much values grow from one to the next, by the estimator of Theil and Sen, with the lower end of its confidence
 * interval (P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968).
 */
export function growthOf(values: readonly number[]): Growth {
  const slopes: number[] = []
  for (const [from, low] of values.entries()) {
    for (const [gap, high] of values.slice(from + 1).entries())
      slopes.push((high - low) / (gap + 1))
  }
  slopes.sort((one, other) => one - other)
  const { length: count } = values
  const spread = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18)
  const rank = Math.floor((slopes.length - QUANTILE * spread) / 2)
  return { middle: medianOf(slopes), least: slopes[rank - 1] ?? -Infinity }
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const [before = 0, after = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (before + after) / 2
}
