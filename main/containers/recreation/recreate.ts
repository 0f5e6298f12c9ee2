import type {
  Recreated,
  RecreationInput,
  RecreationObstacle,
} from '../../../preload/contract/recreation'
import { say } from '../../../preload/contract/say'
import type { EngineLink } from '../../engines/handshake'
import { Failure } from '../../errors'
import { creationOf } from './createBody'
import { prepare, type Prepared } from './prepare'
import { replaceContainer } from './replace'

/**
 * Makes a container again from the image that its name means now, with its settings, volumes and
 * networks; see `replaceContainer`.
 *
 * @param names Of all containers, to find a free one for the old container.
 */
export async function recreate(
  link: EngineLink,
  input: RecreationInput,
  names: Iterable<string>,
): Promise<Recreated> {
  const { container: old, before, after, reference } = refuseObstacles(await prepare(link, input))
  const creation = creationOf(old, { before, after, reference }, link.dialect, input)
  return replaceContainer(link, old, creation, { names })
}

/** Throws `conflict` where there would be no way back. */
export function refuseObstacles(
  prepared: Prepared,
): Prepared & { before: NonNullable<Prepared['before']> } {
  const { obstacle, before } = prepared
  if (obstacle !== null || before === null) throw refusal(obstacle ?? 'image-gone')
  return { ...prepared, before }
}

const obstacleWords: Record<RecreationObstacle, () => string> = {
  'auto-remove': () =>
    say`This container is removed as soon as it stops, so there would be no way back to it.`,
  'image-gone': () =>
    say`The image that this container was made from is gone, so its own settings cannot be told from the image’s.`,
  'in-pod': () => say`This container is part of a pod, which cannot be made again one by one.`,
}

function refusal(obstacle: RecreationObstacle): Failure {
  return new Failure('conflict', obstacleWords[obstacle](), {
    hint: say`Run a new one from the image, and remove this one when the new one works.`,
  })
}
