import { z } from 'zod'
import type { DiskKind, KindUsage } from '../../../preload/contract/diskUsage'
import { compareVersions } from '../versions'
import { imageUsage, listOf, usageOf, type DiskUsageDialect } from './diskUsage'

/** From this API on a part of it can be asked for. */
const FIRST_PARTS = '1.42'

/** -1 is what was not counted. */
const size = z
  .number()
  .nullish()
  .transform((bytes) => bytes ?? 0)

/** The fields that every API up to 1.52 has, where it is not asked for `verbose`. */
const answers = z.object({
  LayersSize: size,
  Images: listOf(
    z.object({
      Id: z.string(),
      RepoTags: listOf(z.string()),
      Size: size,
      SharedSize: size,
      Containers: size,
    }),
  ),
  Containers: listOf(
    z.object({ Id: z.string(), Names: listOf(z.string()), SizeRw: size, State: z.string() }),
  ),
  Volumes: listOf(
    z.object({
      Name: z.string(),
      UsageData: z.object({ Size: size, RefCount: size }).nullish(),
    }),
  ),
  BuildCache: listOf(
    z.object({
      ID: z.string(),
      Description: z.string().nullish(),
      Size: size,
      InUse: z.boolean().nullish(),
      Shared: z.boolean().nullish(),
    }),
  ),
})
type Answers = z.infer<typeof answers>

/** docker/cli command/formatter/disk_usage.go counts these as active. */
const activeStates = new Set(['running', 'paused', 'restarting'])

const readers: Record<DiskKind, (told: Answers) => KindUsage> = {
  images: ({ Images, LayersSize }) =>
    imageUsage(
      Images.map(({ Id, RepoTags, Size, SharedSize, Containers }) => ({
        id: Id,
        name: RepoTags.find((tag) => tag !== '<none>:<none>') ?? '',
        bytes: Size < 0 ? null : Size,
        sharedBytes: Math.max(0, SharedSize),
        ownBytes: Math.max(0, Size - Math.max(0, SharedSize)),
        // What was not counted may be used.
        active: Containers !== 0,
      })),
      { bytes: LayersSize, bytesAtMost: false },
    ),
  containers: ({ Containers }) =>
    usageOf(
      'containers',
      Containers.map(({ Id, Names, SizeRw, State }) => ({
        id: Id,
        name: Names[0]?.replace(/^\//, '') ?? '',
        bytes: SizeRw,
        ownBytes: SizeRw,
        active: activeStates.has(State.toLowerCase()),
      })),
    ),
  volumes: ({ Volumes }) =>
    usageOf(
      'volumes',
      Volumes.map(({ Name, UsageData }) => {
        const bytes = UsageData && UsageData.Size >= 0 ? UsageData.Size : null
        const active = UsageData?.RefCount !== 0
        return { id: Name, name: Name, bytes, ownBytes: bytes ?? 0, active }
      }),
    ),
  buildCache: ({ BuildCache }) => {
    const records = BuildCache.map(({ ID, Description, Size, InUse, Shared }) => ({
      id: ID,
      name: Description ?? '',
      bytes: Size,
      // What is shared is a layer of an image too, and counted there.
      ownBytes: Shared ? 0 : Size,
      active: InUse ?? false,
    }))
    const bytes = records.reduce((all, { ownBytes }) => all + ownBytes, 0)
    return usageOf('buildCache', records, { bytes })
  },
}

const parts: readonly (readonly [DiskKind, string])[] = [
  ['images', 'image'],
  ['containers', 'container'],
  ['volumes', 'volume'],
  ['buildCache', 'build-cache'],
]

export const dockerDiskUsage: DiskUsageDialect = {
  questions(apiVersion) {
    const asked =
      compareVersions(apiVersion, FIRST_PARTS) < 0
        ? [{ kinds: parts.map(([kind]) => kind), path: '/system/df' }]
        : parts.map(([kind, type]) => ({ kinds: [kind], path: `/system/df?type=${type}` }))
    return asked.map(({ kinds, path }) => ({
      kinds,
      path,
      read(answer) {
        const told = answers.parse(answer)
        return kinds.map((kind) => readers[kind](told))
      },
    }))
  },
}
