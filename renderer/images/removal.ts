import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'
import { freedBy, type Freed, type LayerSharing } from '../../preload/contract/layers'
import { containerName } from '../containers/users/containerName'

/** What removing some images takes, and what stays, for the question before it is done. */
export interface Removal {
  /** The images that no container uses. */
  going: Image[]
  /** Every name that goes. */
  references: string[]
  /** The images without a name that go. */
  dangling: Image[]
  /** All layers: what is freed is this at most. */
  bytes: number
  /** What is freed; null where nobody knows which layers others share. */
  freed: Freed | null
  /**
   * The images that containers use, with the names of those. They stay, stopped containers or not: by
   * force, Docker would take a running container's image its names, and Podman would remove the
   * containers with it (measured on 20.10.24 and 4.3.1).
   */
  staying: { image: Image; users: string[] }[]
}

export function planRemoval(
  images: readonly Image[],
  containers: ReadonlyMap<string, Container>,
  sharing: LayerSharing | null,
): Removal {
  const going = images.filter((image) => image.usedBy.length === 0)
  return {
    going,
    references: going.flatMap((image) => image.references),
    dangling: going.filter((image) => image.references.length === 0),
    bytes: going.reduce((sum, image) => sum + image.sizeBytes, 0),
    freed:
      sharing &&
      freedBy(
        sharing,
        going.map(({ id }) => id),
      ),
    staying: images
      .filter((image) => image.usedBy.length > 0)
      .map((image) => ({
        image,
        users: image.usedBy.map((id) => containerName(id, containers)),
      })),
  }
}
