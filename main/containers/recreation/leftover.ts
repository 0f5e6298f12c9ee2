import { provisionalNameOf } from '../../../preload/contract/recreation'
import type { EngineLink } from '../../engines/handshake'
import { toFailure } from '../../errors'
import { log } from '../../log'
import { inspect } from './inspected'
import { discard } from './steps'

/**
 * Removes what a crash in the middle of an earlier recreation left: a container under the provisional
 * name that never ran. One that ran may be somebody's, and stays.
 */
export async function clearLeftover(link: EngineLink, name: string): Promise<void> {
  const [old, leftover] = await Promise.all(
    [name, provisionalNameOf(name)].map((one) =>
      inspect(link, encodeURIComponent(one)).catch(nothing),
    ),
  )
  if (!old || !leftover) return
  if (leftover.Name !== provisionalNameOf(name) || !hasNeverRun(leftover)) return
  log.info({ container: leftover.Id }, 'a container that an interrupted recreation left is removed')
  await discard(link, leftover.Id, leftover.HostConfig, old)
}

function nothing(error: unknown): null {
  if (toFailure(error).code === 'not-found') return null
  throw error
}

/** Go's zero time. */
function hasNeverRun({ State }: { State: Record<string, unknown> }): boolean {
  return State.Running !== true && String(State.StartedAt).startsWith('0001-01-01')
}
