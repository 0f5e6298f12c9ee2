/** What a row's small line shows: the last minute at one point a second. */
export const ringLength = 60

/** The latest values of one figure, the oldest first; NaN is a gap. */
export type Ring = Float32Array

export function createRing(): Ring {
  return new Float32Array(ringLength).fill(Number.NaN)
}

/** Forgets the oldest value and takes the new one; null is a gap. */
export function push(ring: Ring, value: number | null) {
  ring.copyWithin(0, 1)
  ring[ring.length - 1] = value ?? Number.NaN
}

/** The largest value; 0 if there is none. */
export function peak(ring: Ring): number {
  let largest = 0
  for (const value of ring) if (value > largest) largest = value
  return largest
}
