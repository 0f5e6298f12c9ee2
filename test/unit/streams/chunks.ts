import fc from 'fast-check'

/** The same bytes, cut at these places (taken modulo the length, in any order, some perhaps equal). */
export function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b)
  const starts = [0, ...ends]
  return starts.map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length))
}

/** Places at which to cut some bytes, for property tests over every chunking. */
export const anyCuts = fc.array(fc.nat(), { maxLength: 20 })
