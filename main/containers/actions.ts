import type { Container as DockerContainer } from 'dockerode'
import type { Outcomes } from '../../preload/contract/base'
import type { EngineLink } from '../engines/handshake'
import { forEachItem } from '../outcomes'
import { stopBetweenRuns } from './stopBetweenRuns'

/** A stop waits for the container's own stop time-out, which may be minutes. */
const stopMillis = 10 * 60_000

type Act = (container: DockerContainer, abortSignal: AbortSignal) => Promise<unknown>

function act(link: EngineLink, ids: string[], run: Act, timeoutMillis?: number): Promise<Outcomes> {
  return forEachItem(ids, (id) => actOn(link, id, run, timeoutMillis))
}

/** @returns false where nothing had to be done */
async function actOn(
  link: EngineLink,
  id: string,
  run: Act,
  timeoutMillis?: number,
): Promise<boolean> {
  try {
    await link.client.call(
      (docker, abortSignal) => run(docker.getContainer(id), abortSignal),
      timeoutMillis === undefined ? {} : { timeoutMillis },
    )
    return true
  } catch (error) {
    if (isNotModified(error)) return false
    throw error
  }
}

/** 304: the container is in the wanted state already. */
function isNotModified(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 304
}

export const startContainers = (link: EngineLink, ids: string[]) =>
  act(link, ids, (container, abortSignal) => container.start({ abortSignal }))

/** SIGTERM (or the image's stop signal), then SIGKILL after the container's stop time-out. */
export const stopContainers = (link: EngineLink, ids: string[], signal?: AbortSignal) =>
  forEachItem(ids, async (id) => {
    const stop = () =>
      actOn(link, id, (container, abortSignal) => container.stop({ abortSignal }), stopMillis)
    if (await stop()) return true
    return !link.dialect.remembersStops && (await stopBetweenRuns(link, id, stop, signal))
  })

export const restartContainers = (link: EngineLink, ids: string[]) =>
  act(link, ids, (container, abortSignal) => container.restart({ abortSignal }), stopMillis)

export const pauseContainers = (link: EngineLink, ids: string[]) =>
  act(link, ids, (container, abortSignal) => container.pause({ abortSignal }))

export const unpauseContainers = (link: EngineLink, ids: string[]) =>
  act(link, ids, (container, abortSignal) => container.unpause({ abortSignal }))

/** SIGKILL at once. */
export const killContainers = (link: EngineLink, ids: string[]) =>
  act(link, ids, (container, abortSignal) => container.kill({ abortSignal }))

export const removeContainers = (
  link: EngineLink,
  ids: string[],
  { force, removeAnonymousVolumes }: { force: boolean; removeAnonymousVolumes: boolean },
) =>
  act(link, ids, (container, abortSignal) =>
    container.remove({
      force,
      v: removeAnonymousVolumes,
      ...(force && link.dialect.forcedRemoval),
      abortSignal,
    }),
  )

export async function renameContainer(link: EngineLink, id: string, name: string): Promise<void> {
  await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).rename({ name, abortSignal }),
  )
}
