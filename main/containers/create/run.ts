import type { ContainerSettings, Danger } from '../../../preload/contract/containerSettings'
import type { Connection } from '../../engines/connection'
import { socketPathOf } from '../../engines/endpoint'
import { toFailure } from '../../errors'
import { log } from '../../log'
import { connectAll, discard, start as startContainer } from '../recreation/steps'
import { createBody } from './createBody'
import { createContainer } from './createContainer'
import { dangersOf, refuseDangers } from './dangers'
import { createFailure } from './failures'
import { imageText } from './provideImage'

export interface RunOptions {
  /** Dangers that the person was shown and accepted. */
  acceptedDangers: readonly Danger[]
  /** False: it is only created. */
  start: boolean
}

/**
 * Creates a container from an image that the engine has, connects it to its networks and starts it. One
 * that cannot be started is removed again, so that a refused port leaves nothing behind. Throws
 * `confirmation-needed` for dangers not accepted.
 */
export async function runContainer(
  { link, endpoint }: Pick<Connection, 'link' | 'endpoint'>,
  settings: ContainerSettings,
  { acceptedDangers, start }: RunOptions,
): Promise<{ id: string; warnings: string[] }> {
  const dangers = dangersOf(settings, socketPathOf(endpoint))
  refuseDangers(dangers, acceptedDangers)
  const creation = createBody({ ...settings, image: imageText(settings.image) }, link.dialect)
  try {
    const made = await createContainer(link, settings.name, creation.body)
    try {
      await connectAll(link, made.id, creation)
      if (start) await startContainer(link, made.id)
    } catch (error) {
      await discard(link, made.id, creation.body.HostConfig).catch((failed: unknown) =>
        log.warn({ error: failed }, 'a container that did not start stays'),
      )
      throw error
    }
    return made
  } catch (error) {
    throw createFailure(toFailure(error))
  }
}
