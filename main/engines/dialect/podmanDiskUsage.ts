import { z } from 'zod'
import { imageUsage, listOf, usageOf, type DiskUsageDialect } from './diskUsage'

/** pkg/domain/entities/types/system.go, `SystemDfReport`. Sizes are bytes. */
const answers = z.object({
  /** All layers, each once; from 4.6 on. */
  ImagesSize: z.number().nullish(),
  /** One for each name. */
  Images: listOf(
    z.object({
      Repository: z.string(),
      Tag: z.string(),
      ImageID: z.string(),
      Size: z.number(),
      SharedSize: z.number(),
      UniqueSize: z.number(),
      Containers: z.number(),
    }),
  ),
  Containers: listOf(
    z.object({
      ContainerID: z.string(),
      Names: z.string(),
      RWSize: z.number(),
      Status: z.string(),
    }),
  ),
  Volumes: listOf(
    z.object({
      VolumeName: z.string(),
      Links: z.number(),
      Size: z.number(),
      ReclaimableSize: z.number(),
    }),
  ),
})
type Answers = z.infer<typeof answers>

/** Docker's route of Podman tells neither names nor what is shared; nothing of Buildah's cache is told by either. */
export const podmanDiskUsage: DiskUsageDialect = {
  questions: () => [
    {
      kinds: ['images', 'containers', 'volumes'],
      path: '/libpod/system/df',
      read(answer) {
        const told = answers.parse(answer)
        return [imagesOf(told), containersOf(told), volumesOf(told)]
      },
    },
  ],
}

function imagesOf({ Images, ImagesSize }: Answers) {
  const images = [...new Map(Images.map((image) => [image.ImageID, image])).values()]
  const bytesOfAll = images.reduce((all, { Size }) => all + Size, 0)
  const shares = images.some(({ SharedSize }) => SharedSize > 0)
  return imageUsage(
    images.map(({ ImageID, Repository, Tag, Size, SharedSize, UniqueSize, Containers }) => ({
      id: `sha256:${ImageID}`,
      name: Repository === '<none>' ? '' : `${Repository}:${Tag}`,
      bytes: Size,
      sharedBytes: SharedSize,
      ownBytes: UniqueSize,
      active: Containers > 0,
    })),
    {
      bytes: ImagesSize ?? bytesOfAll,
      bytesAtMost: (ImagesSize ?? null) === null && shares,
    },
  )
}

function containersOf({ Containers }: Answers) {
  return usageOf(
    'containers',
    Containers.map(({ ContainerID, Names, RWSize, Status }) => ({
      id: ContainerID,
      name: Names,
      bytes: RWSize,
      ownBytes: RWSize,
      active: Status === 'running' || Status === 'paused',
    })),
  )
}

function volumesOf({ Volumes }: Answers) {
  return usageOf(
    'volumes',
    Volumes.map(({ VolumeName, Links, Size, ReclaimableSize }) => ({
      id: VolumeName,
      name: VolumeName,
      bytes: Size,
      ownBytes: ReclaimableSize,
      active: Links > 0,
    })),
  )
}
