import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'

/** What removing these images takes with it, for the question before it is done. */
export interface Removal {
  /** Every name that goes. */
  references: string[]
  /** The images without a name that go. */
  dangling: Image[]
  /** All layers; layers that other images share stay, so what is freed is this at most. */
  bytes: number
  /** Containers made from them that run: the engine refuses to take their image. */
  runningUsers: Container[]
  /** Containers made from them that do not run: only removing by force takes their image. */
  stoppedUsers: Container[]
}

const running = new Set<Container['state']>(['running', 'paused', 'restarting', 'stopping'])

export function planRemoval(
  images: readonly Image[],
  containers: ReadonlyMap<string, Container>,
): Removal {
  const users = images
    .flatMap((image) => image.usedBy)
    .map((id) => containers.get(id))
    .filter((container) => container !== undefined)
  return {
    references: images.flatMap((image) => image.references),
    dangling: images.filter((image) => image.references.length === 0),
    bytes: images.reduce((sum, image) => sum + image.sizeBytes, 0),
    runningUsers: users.filter((container) => running.has(container.state)),
    stoppedUsers: users.filter((container) => !running.has(container.state)),
  }
}
