import { z } from 'zod'
import {
  BIGGEST_ITEMS,
  type DiskItem,
  type DiskKind,
  type KindUsage,
} from '../../../preload/contract/diskUsage'

/** One request about what an engine keeps on its disk. */
export interface DiskQuestion {
  kinds: DiskKind[]
  path: string
  /** What the answer says about its kinds, in their order. */
  read: (answer: unknown) => KindUsage[]
}

export interface DiskUsageDialect {
  /** What is to be asked, one after the other; the API's version is such as `1.41`. */
  questions: (apiVersion: string) => DiskQuestion[]
}

/** A thing that is counted. */
export interface Counted extends Omit<DiskItem, 'bytes' | 'reclaimableBytes'> {
  /** Null where it is not told. */
  bytes: number | null
  /** What of it nothing else has. */
  ownBytes: number
}

/** Engines write null for an empty list; Docker leaves out the lists that were not asked for. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])
}

/** What things come to; `bytes` of all together where that is not their sum. */
export function usageOf(
  kind: DiskKind,
  things: readonly Counted[],
  totals: { bytes?: number; bytesAtMost?: boolean; reclaimableAtLeast?: boolean } = {},
): KindUsage {
  const items = things.map(({ id, name, bytes, active, ownBytes }) => ({
    ...{ id, name, active, bytes: bytes ?? 0 },
    reclaimableBytes: active ? 0 : ownBytes,
  }))
  const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)
  return {
    kind,
    count: items.length,
    active: items.filter(({ active }) => active).length,
    bytes: totals.bytes ?? sum(items.map(({ bytes }) => bytes)),
    bytesAtMost: totals.bytesAtMost ?? false,
    reclaimableBytes: sum(items.map(({ reclaimableBytes }) => reclaimableBytes)),
    reclaimableAtLeast: totals.reclaimableAtLeast ?? false,
    unmeasured: things.filter(({ bytes }) => bytes === null).length,
    biggest: items.toSorted((a, b) => b.bytes - a.bytes).slice(0, BIGGEST_ITEMS),
  }
}

/**
 * Images have layers in common. Without a used one, all of them can go; otherwise what an unused one shares
 * may be kept by a used one, and which is which is not told.
 */
export function imageUsage(
  images: readonly (Counted & { sharedBytes: number })[],
  { bytes, bytesAtMost }: { bytes: number; bytesAtMost: boolean },
): KindUsage {
  const usage = usageOf('images', images, {
    ...{ bytes, bytesAtMost },
    reclaimableAtLeast: images.some(({ active, sharedBytes }) => !active && sharedBytes > 0),
  })
  if (usage.active > 0) return usage
  return { ...usage, reclaimableBytes: bytes, reclaimableAtLeast: false }
}
