import { keptNameOf, provisionalNameOf, type Recreated } from '../../../preload/contract/recreation'
import { say } from '../../../preload/contract/say'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { EngineLink } from '../../engines/handshake'
import { log } from '../../log'
import type { Creation } from './createBody'
import { isUp } from './inspected'
import { clearLeftover } from './leftover'
import { letRest } from './restarts'
import { connectAll, createAs, discard, rename, start, stepFailure, stop, type Step } from './steps'

export interface ReplaceOptions {
  /** Of all containers, to find a free one for the old container. */
  names: Iterable<string>
  /** Called once the new one was started; rejects where it is no good after all. */
  check?: (id: string) => Promise<void>
}

/**
 * Puts a new container in the place of an old one, which is kept beside it. All that can be done
 * beforehand is done while the old one runs. Whatever fails, the new container goes and the old one is
 * back as it was; the failure says so.
 */
export async function replaceContainer(
  link: EngineLink,
  old: InspectedContainer,
  creation: Creation,
  { names, check }: ReplaceOptions,
): Promise<Recreated> {
  const ran = isUp(old)
  const { Id: keptId, Name: name } = old
  const keptName = keptNameOf(name, names)

  let step: Step = 'create'
  let id: string | null = null
  const done = { stopped: false, renamed: false }
  try {
    await clearLeftover(link, name)
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
    if (ran) {
      await start(link, id)
      step = 'run'
      await check?.(id)
    }
  } catch (error) {
    throw stepFailure(
      step,
      error,
      await goBack(link, old, id === null ? null : { id, creation }, done),
    )
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
  made: { id: string; creation: Creation } | null,
  done: { stopped: boolean; renamed: boolean },
): Promise<string> {
  try {
    if (made) await discard(link, made.id, made.creation.body.HostConfig, old)
    if (done.renamed) await rename(link, old.Id, old.Name)
    if (done.stopped) await start(link, old.Id)
  } catch (error) {
    log.error({ error, container: old.Id }, 'a container could not be brought back')
    return say`The old container could not be brought back either: it is ${old.Id.slice(0, 12)}, and nothing of it is lost. Give it its name “${old.Name}” again and start it.`
  }
  return isUp(old)
    ? say`The old container is back under its name and runs.`
    : say`The old container is as it was.`
}
