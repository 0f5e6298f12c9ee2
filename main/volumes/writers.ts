import type { Container } from '../../preload/contract/containers'
import { pauseContainers, unpauseContainers } from '../containers/actions'
import type { Session } from '../engines/session'
import { log } from '../log'

/** The running containers that can write to a volume. */
export function writersOf(session: Session, id: string): Container[] {
  return session.containers.collection
    .values()
    .filter(
      ({ state, mounts }) =>
        state === 'running' &&
        mounts.some(({ type, name, readWrite }) => type === 'volume' && name === id && readWrite),
    )
}

/**
 * Lets `use` copy a volume while nobody writes to it, where that is asked for: containers that can are paused
 * and go on afterwards, whatever happens.
 *
 * @param use is told the names of those that may write meanwhile
 */
export async function whilePaused<Result>(
  session: Session,
  { id, pause }: { id: string; pause: boolean },
  use: (moving: string[]) => Promise<Result>,
): Promise<Result> {
  const { link } = session.connection
  const writers = writersOf(session, id)
  const paused = new Set<string>()
  if (pause) {
    const { outcomes } = await pauseContainers(
      link,
      writers.map((writer) => writer.id),
    )
    for (const outcome of outcomes) if (outcome.changed) paused.add(outcome.id)
  }
  try {
    return await use(writers.filter((writer) => !paused.has(writer.id)).map(({ name }) => name))
  } finally {
    const { outcomes } = await unpauseContainers(link, [...paused])
    for (const { problem, id: container } of outcomes) {
      if (problem) log.warn({ problem, container }, 'a container could not be let go on')
    }
  }
}
