import { say } from '../../preload/contract/say'
import type { PruneVolumesRequest, PruneVolumesResult } from '../../preload/contract/volumes'
import type { Session } from '../engines/session'
import { toFailure } from '../errors'
import type { JobContext, Work } from '../jobs/jobs'
import type { JobServices } from '../jobs/kinds'
import { removeVolume } from './actions'
import { listUsers, listVolumes } from './list'
import { measureFolder } from './measure'

/** Between two looks at who uses what, milliseconds: engines refuse what came into use meanwhile. */
const lookMillis = 200

/**
 * Removes volumes that a person saw listed, and no others: not by the engine's own prune, which decides
 * anew what is unused. Each is looked at again, and stays where a container uses it by now.
 */
export function pruneVolumes(
  { engines }: JobServices,
  { engineId, ids }: PruneVolumesRequest,
): Work {
  const [first = ''] = ids
  return {
    subject: ids.length === 1 ? first : say`${ids.length} volumes`,
    async run(context) {
      const result: PruneVolumesResult = {
        kind: 'pruneVolumes',
        removed: 0,
        kept: [],
        freedBytes: 0,
        unmeasured: 0,
      }
      try {
        await prune(engines.get(engineId), ids, context, result)
      } finally {
        // Also of one that was cancelled: what is gone is gone.
        context.report({ result, currentBytes: result.freedBytes })
      }
    },
  }
}

async function prune(
  session: Session,
  ids: readonly string[],
  { signal, report }: JobContext,
  result: PruneVolumesResult,
): Promise<void> {
  const { link } = session.connection
  const there = new Set((await listVolumes(link, signal)).map(({ Name }) => Name))
  let users = await listUsers(link, signal)
  let lookedAt = performance.now()
  for (const id of ids) {
    signal.throwIfAborted()
    if (performance.now() - lookedAt > lookMillis) {
      report({ currentBytes: result.freedBytes })
      users = await listUsers(link, signal)
      lookedAt = performance.now()
    }
    const names = users.get(id)
    if (names) result.kept.push({ id, reason: 'in-use', detail: names.join(', ') })
    else if (there.has(id)) await removeOne(session, id, signal, result)
  }
}

async function removeOne(
  { connection: { link }, volumes }: Session,
  id: string,
  signal: AbortSignal,
  result: PruneVolumesResult,
): Promise<void> {
  const seen = await measureFolder(link, id, { count: () => undefined, signal }).catch(() => null)
  signal.throwIfAborted()
  const size = seen ?? volumes.collection.get(id)?.size ?? null
  try {
    await removeVolume(link, id)
  } catch (error) {
    const { code, message, engineMessage } = toFailure(error)
    if (code === 'not-found') return
    const users = code === 'conflict' ? (await listUsers(link, signal)).get(id) : undefined
    result.kept.push(
      users
        ? { id, reason: 'in-use', detail: users.join(', ') }
        : { id, reason: 'failed', detail: engineMessage ?? message },
    )
    return
  }
  result.removed++
  if (size) result.freedBytes += size.allocatedBytes ?? size.apparentBytes
  else result.unmeasured++
}
