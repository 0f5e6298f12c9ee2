import { engineScope, procedure, stream } from './base'

export const diskKinds = ['images', 'containers', 'volumes', 'buildCache'] as const
export type DiskKind = (typeof diskKinds)[number]

/** One thing on an engine's disk. */
export interface DiskItem {
  /** An image's with its algorithm, a container's, a volume's name, a cache record's. */
  id: string
  /** Empty for what has no name. */
  name: string
  /**
   * Of an image: all its layers; of a container: what it wrote to its own layer; of a volume: its files.
   */
  bytes: number
  /** What goes with it and is nobody else's; 0 while it is used. */
  reclaimableBytes: number
  /** A container uses it; of a container: it runs. */
  active: boolean
}

/** What things of one kind take on an engine's disk. */
export interface KindUsage {
  kind: DiskKind
  count: number
  active: number
  bytes: number
  /** The engine counts layers that images share once for each of them: `bytes` is the most that it can be. */
  bytesAtMost: boolean
  /** What would be freed if all that is not active were removed. */
  reclaimableBytes: number
  /** Unused images share layers with each other, of which it is not told how much they would free. */
  reclaimableAtLeast: boolean
  /** Things whose size the engine does not tell (volumes of other drivers). */
  unmeasured: number
  /** The largest, at most `BIGGEST_ITEMS`. */
  biggest: DiskItem[]
}

export const BIGGEST_ITEMS = 10

/** How far a measuring is: each part before it is asked for and after; the last message says that it is over. */
export type DiskUsageMessage =
  | {
      kind: 'counting'
      /** What is being counted, since when (milliseconds since 1970), and what after that. */
      now: DiskKind[]
      since: number
      later: DiskKind[]
    }
  | { kind: 'counted'; usages: KindUsage[] }
  | { kind: 'measured'; measuredAt: number }

/**
 * Measures what an engine keeps on its disk, which may take it minutes; going away ends it. One at a time:
 * while another one runs it fails (`conflict`).
 */
export const diskUsageProcedure = procedure.input(engineScope).output(stream<DiskUsageMessage>())
