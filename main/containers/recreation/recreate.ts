import {
  keptNameOf,
  provisionalNameOf,
  type Recreated,
  type RecreationInput,
  type RecreationObstacle,
} from '../../../preload/contract/recreation'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { EngineLink } from '../../engines/handshake'
import { Failure } from '../../errors'
import { log } from '../../log'
import { creationOf } from './createBody'
import { isUp } from './inspected'
import { prepare } from './prepare'
import { letRest } from './restarts'
import { connectAll, createAs, discard, rename, start, stepFailure, stop, type Step } from './steps'

/**
 * Makes a container again from the image that its name means now, with its settings, volumes and
 * networks. All that can be done beforehand is done while the old one runs. Whatever fails, the new
 * container goes and the old one is back as it was; the failure says so.
 *
 * @param names Of all containers, to find a free one for the old container.
 */
export async function recreate(
  link: EngineLink,
  input: RecreationInput,
  names: Iterable<string>,
): Promise<Recreated> {
  const { container: old, before, after, reference, obstacle } = await prepare(link, input)
  if (obstacle !== null || before === null) throw refusal(obstacle ?? 'image-gone')
  const creation = creationOf(old, { before, after, reference }, link.dialect, input)
  const ran = isUp(old)
  const { Id: keptId, Name: name } = old
  const keptName = keptNameOf(name, names)

  let step: Step = 'create'
  let id: string | null = null
  const done = { stopped: false, renamed: false }
  try {
    id = await createAs(link, provisionalNameOf(name), creation)
    step = 'connect'
    await connectAll(link, id, creation)
    step = 'stop'
    if (ran) {
      done.stopped = true
      await stop(link, old)
    }
    step = 'rename'
    await rename(link, keptId, keptName)
    done.renamed = true
    await rename(link, id, name)
    step = 'start'
    if (ran) await start(link, id)
  } catch (error) {
    throw stepFailure(step, error, await goBack(link, old, id, done))
  }
  // The new one serves already: that the old one may start with its engine is no reason to go back.
  await letRest(link, old).catch((error: unknown) =>
    log.warn({ error, container: keptId }, 'the kept container is still restarted by its engine'),
  )
  return { id, keptId }
}

/** Takes back what was done; answers how things stand then. */
async function goBack(
  link: EngineLink,
  old: InspectedContainer,
  newId: string | null,
  done: { stopped: boolean; renamed: boolean },
): Promise<string> {
  try {
    if (newId !== null) await discard(link, newId, old)
    if (done.renamed) await rename(link, old.Id, old.Name)
    if (done.stopped) await start(link, old.Id)
  } catch (error) {
    log.error({ error, container: old.Id }, 'a container could not be brought back')
    return `The old container could not be brought back either: it is ${old.Id.slice(0, 12)}, and nothing of it is lost. Give it its name “${old.Name}” again and start it.`
  }
  return isUp(old)
    ? 'The old container is back under its name and runs.'
    : 'The old container is as it was.'
}

const obstacleWords: Record<RecreationObstacle, string> = {
  'auto-remove':
    'This container is removed as soon as it stops, so there would be no way back to it.',
  'image-gone':
    'The image that this container was made from is gone, so its own settings cannot be told from the image’s.',
  'in-pod': 'This container is part of a pod, which cannot be made again one by one.',
}

function refusal(obstacle: RecreationObstacle): Failure {
  return new Failure('conflict', obstacleWords[obstacle], {
    hint: 'Run a new one from the image, and remove this one when the new one works.',
  })
}
