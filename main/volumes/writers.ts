import type { Container } from '../../preload/contract/containers'
import { pauseContainers, unpauseContainers } from '../containers/actions'
import { containerFromList } from '../containers/summary'
import type { Session } from '../engines/session'
import { log } from '../log'

/** The running containers that can write to a volume, as the engine tells it at this moment. */
async function writersOf({ connection, containers }: Session, id: string): Promise<Container[]> {
  const { client, dialect } = connection.link
  const filters = { volume: [id], status: ['running'] }
  const running = await client.call((docker, abortSignal) =>
    docker.listContainers({ filters, abortSignal }),
  )
  return running
    .map((info) => containerFromList(info, dialect, containers.collection.get(info.Id)))
    .filter(({ mounts }) =>
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
  const writers = await writersOf(session, id)
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
