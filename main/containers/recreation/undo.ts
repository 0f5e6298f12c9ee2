import { isKeptFor, provisionalNameOf } from '../../../preload/contract/recreation'
import { say } from '../../../preload/contract/say'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { EngineLink } from '../../engines/handshake'
import { Failure } from '../../errors'
import { log } from '../../log'
import { inspect, isUp } from './inspected'
import { letRestart } from './restarts'
import { remove, rename, start, stepFailure, stop, type Step } from './steps'

/**
 * Gives a kept container its place again and removes its successor, whose volumes all stay. The
 * successor goes last: if the old one does not start, the successor is back as it was.
 * Throws `conflict` where the two do not belong together or the kept one runs.
 */
export async function undoRecreation(
  link: EngineLink,
  { id, keptId }: { id: string; keptId: string },
): Promise<void> {
  const [successor, kept] = await Promise.all([inspect(link, id), inspect(link, keptId)])
  if (!isKeptFor(successor.Name, kept.Name) || isUp(kept)) {
    throw new Failure('conflict', say`“${kept.Name}” was not kept for “${successor.Name}”.`, {
      hint: say`Rename and start the one that you want by hand.`,
    })
  }
  let step: Step = 'stop'
  const done = { stopped: false, moved: false, renamed: false }
  try {
    if (isUp(successor)) {
      done.stopped = true
      await stop(link, successor)
    }
    step = 'rename'
    await rename(link, id, provisionalNameOf(successor.Name))
    done.moved = true
    await rename(link, keptId, successor.Name)
    done.renamed = true
    step = 'startOld'
    if (ranWhenReplaced(kept, successor)) await start(link, keptId)
  } catch (error) {
    throw stepFailure(step, error, await goOn(link, successor, kept, done))
  }
  await letRestart(link, kept, successor)
  await remove(link, id)
}

/** The successor was created before the old one was stopped, by the same clock. */
function ranWhenReplaced(kept: InspectedContainer, successor: InspectedContainer): boolean {
  return Date.parse(kept.State.FinishedAt ?? '') >= Date.parse(successor.Created)
}

/** Puts the successor back; answers how things stand then. */
async function goOn(
  link: EngineLink,
  successor: InspectedContainer,
  kept: InspectedContainer,
  done: { stopped: boolean; moved: boolean; renamed: boolean },
): Promise<string> {
  try {
    if (done.renamed) await rename(link, kept.Id, kept.Name)
    if (done.moved) await rename(link, successor.Id, successor.Name)
    if (done.stopped) await start(link, successor.Id)
  } catch (error) {
    log.error({ error, container: successor.Id }, 'a container could not be brought back')
    return say`The new container could not be brought back either: it is ${successor.Id.slice(0, 12)}, and nothing of it is lost.`
  }
  return say`The new container is as it was.`
}
