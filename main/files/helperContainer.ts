import type { ContainerCreateOptions } from 'dockerode'
import { createContainer } from '../containers/create/createContainer'
import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import { log } from '../log'
import { helperLabels, helperName } from './helperLabel'

/**
 * Makes a container for work on files; it is not started.
 *
 * @returns its id
 */
export async function createHelper(
  link: EngineLink,
  body: ContainerCreateOptions,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { id } = await createContainer(
    link,
    helperName(),
    { ...body, Labels: helperLabels('files') },
    { signal },
  )
  return id
}

/**
 * Removes it. Not a matter of who asked for it: it goes even where they gave up, and where it stays, the next
 * connection to the engine sweeps it.
 *
 * @param withVolumes also those that its image asked for. Podman takes a volume that nobody named for one of
 *   these, unless another container has it
 */
export async function removeHelper(
  { client, dialect }: EngineLink,
  id: string,
  { withVolumes = false }: { withVolumes?: boolean } = {},
): Promise<void> {
  try {
    await client.call((docker, abortSignal) =>
      docker
        .getContainer(id)
        .remove({ ...dialect.forcedRemoval, force: true, v: withVolumes, abortSignal }),
    )
  } catch (error) {
    const { code } = toFailure(error)
    if (code !== 'not-found') log.warn({ error, container: id }, 'a helper container stays')
  }
}
