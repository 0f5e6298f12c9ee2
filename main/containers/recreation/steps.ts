import { say } from '../../../preload/contract/say'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { EngineLink } from '../../engines/handshake'
import { Failure, toFailure } from '../../errors'
import { log } from '../../log'
import { changeNetwork } from '../../networks/changeNetwork'
import { isUnnamed } from '../../volumes/unnamed'
import { renameContainer, startContainers, stopContainers } from '../actions'
import { createContainer } from '../create/createContainer'
import { createFailure } from '../create/failures'
import type { Creation } from './createBody'
import { inspect } from './inspected'
import { mountedSources, mountedVolumes } from './volumes'

/** What each step is called when it fails. */
const stepWords = {
  create: () => say`The new container could not be created.`,
  connect: () => say`The new container could not be connected to its networks.`,
  stop: () => say`The container could not be stopped.`,
  rename: () => say`The containers could not change their names.`,
  start: () => say`The new container could not be started.`,
  run: () => say`The new container was started and did not keep running.`,
  startOld: () => say`The old container could not be started.`,
} as const
export type Step = keyof typeof stepWords

/** A failed step, told by what was tried; `after` says how things stand now. */
export function stepFailure(step: Step, error: unknown, after: string): Failure {
  const failure = toFailure(error)
  const meaning = createFailure(failure)
  // What is known of the cause is told with the step.
  const words = meaning === failure ? stepWords[step]() : `${stepWords[step]()} ${meaning.message}`
  return new Failure(meaning.code, words, {
    hint: after,
    engineMessage: failure.engineMessage ?? failure.message,
    cause: error,
  })
}

/** Creates a container under a name and connects it to its further networks; gives its id. */
export async function createAs(
  link: EngineLink,
  name: string,
  { body }: Pick<Creation, 'body'>,
): Promise<string> {
  return (await createContainer(link, name, body)).id
}

export async function connectAll(
  link: EngineLink,
  id: string,
  { networks: { others, leave } }: Pick<Creation, 'networks'>,
): Promise<void> {
  for (const { name, settings } of others) {
    await changeNetwork(link, name, 'connect', { Container: id, EndpointConfig: settings })
  }
  if (leave === null) return
  await changeNetwork(link, leave, 'disconnect', { Container: id })
}

/** Waits for the container's own stop time-out, as long as it may be. */
export async function stop(link: EngineLink, { Id, State }: InspectedContainer): Promise<void> {
  if (State.Paused) {
    await link.client.call((docker, abortSignal) =>
      docker.getContainer(Id).unpause({ abortSignal }),
    )
  }
  throwFirst(await stopContainers(link, [Id]))
}

export async function start(link: EngineLink, id: string): Promise<void> {
  throwFirst(await startContainers(link, [id]))
}

export const rename = renameContainer

/**
 * Removes a container that did not come to be, with the volumes that were made for it and that nobody
 * has seen. Engines would take those along that nobody named, also where this one was asked to mount one.
 *
 * @param hostConfig What it was asked to be: volumes in it were there before.
 * @param old The container whose place it was to take: its volumes stay, too.
 */
export async function discard(
  link: EngineLink,
  id: string,
  hostConfig: unknown,
  old?: InspectedContainer,
): Promise<void> {
  const known = new Set([...mountedSources(hostConfig), ...mountedVolumes(old)])
  const { Mounts: mounts } = await inspect(link, id)
  await remove(link, id)
  for (const { Type: type, Name: name } of mounts ?? []) {
    if (type !== 'volume' || !name || known.has(name) || !isUnnamed(name)) continue
    await link.client
      .call((docker, abortSignal) => docker.getVolume(name).remove({ abortSignal }))
      .catch((error: unknown) => log.warn({ error, volume: name }, 'an empty volume stays'))
  }
}

/** Removes a container and none of its volumes. */
export async function remove(link: EngineLink, id: string): Promise<void> {
  await link.client.call((docker, abortSignal) =>
    docker
      .getContainer(id)
      .remove({ force: true, v: false, ...link.dialect.forcedRemoval, abortSignal }),
  )
}

function throwFirst({ outcomes }: Awaited<ReturnType<typeof startContainers>>): void {
  const problem = outcomes.find((outcome) => outcome.problem)?.problem
  if (problem) throw Failure.from(problem)
}
