/**
 * How much values grow from one to the next, by the median of the slopes between all pairs (Theil and Sen):
 * up to three of ten values may be anything without moving it.
 */
export function slopeOf(values: readonly number[]): number {
  const slopes: number[] = []
  for (const [from, low] of values.entries()) {
    for (const [gap, high] of values.slice(from + 1).entries())
      slopes.push((high - low) / (gap + 1))
  }
  slopes.sort((one, other) => one - other)
  const middle = slopes.length / 2
  const [before = 0, after = 0] = [slopes[Math.ceil(middle) - 1], slopes[Math.floor(middle)]]
  return (before + after) / 2
}
