/** A kept history, as its room is judged. */
export interface Retained {
  /** Of the newest sample, milliseconds since 1970. */
  lastAt: number
  /** On the disk. */
  bytes: number
  /** It is being sampled. */
  isSampled: boolean
}

/** How much may be kept. */
export interface Retention {
  /** What was sampled last before this moment goes; milliseconds since 1970. */
  oldest: number
  /** Of all together on the disk. */
  maxBytes: number
  maxContainers: number
}

/**
 * What has to go: all that is too old, then the oldest until the rest fits; those that are being sampled
 * go last.
 */
export function surplusOf<One extends Retained>(
  all: Iterable<One>,
  { oldest, maxBytes, maxContainers }: Retention,
): One[] {
  const byAge = [...all].sort(
    (one, other) => Number(one.isSampled) - Number(other.isSampled) || one.lastAt - other.lastAt,
  )
  let bytes = byAge.reduce((sum, one) => sum + one.bytes, 0)
  let count = byAge.length
  return byAge.filter((one) => {
    if (one.lastAt >= oldest && bytes <= maxBytes && count <= maxContainers) return false
    bytes -= one.bytes
    count--
    return true
  })
}
