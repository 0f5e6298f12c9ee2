import type { ExitFacts } from '../../../preload/contract/exits'
import type { Session } from '../../engines/session'
import { lastExitCode } from './ends'

/** In what time before an end memory says something about it. */
const LAST_MILLIS = 60_000
/** A figure may be taken down a little after the end. */
const LATE_MILLIS = 2_000

/** How a container ended last; null: it is not known to have ended. */
export async function exitOf(
  { containers, stats }: Pick<Session, 'containers' | 'stats'>,
  id: string,
): Promise<ExitFacts | null> {
  const container = containers.collection.get(id)
  const end = containers.ends.of(id)
  const exitCode = lastExitCode(container, end)
  if (exitCode === null) return null
  const isDown = container !== undefined && container.exitCode !== null
  const endedAt = container?.finishedAt ?? null
  const startedAt = container?.startedAt ?? null
  const ran = isDown && endedAt !== null && startedAt !== null ? endedAt - startedAt : null
  return {
    exitCode,
    oomKilled: end.outOfMemory || (isDown && container.oomKilled),
    asked: end.asked,
    endedAt,
    ranMillis: ran !== null && ran >= 0 ? ran : null,
    memory: await memoryBefore(stats, id, endedAt ?? Date.now()),
  }
}

async function memoryBefore(
  stats: Session['stats'],
  id: string,
  endedAt: number,
): Promise<ExitFacts['memory']> {
  const { metrics } = await stats.history({
    id,
    from: endedAt - LAST_MILLIS,
    to: endedAt + LATE_MILLIS,
    points: 60,
  })
  const known = (values: readonly (number | null)[] = []) =>
    values.filter((value) => value !== null)
  const used = known(metrics.memoryBytes?.maximum)
  const limitBytes = known(metrics.memoryLimitBytes?.maximum).at(-1)
  return limitBytes === undefined || used.length === 0
    ? null
    : { limitBytes, highestBytes: Math.max(...used) }
}
