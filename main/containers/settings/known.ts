import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import { say } from '../../../preload/contract/say'
import { Failure, toFailure } from '../../errors'
import type { EngineLink } from '../../engines/handshake'
import { inspect, type InspectedImage } from '../recreation/inspected'
import { prepare, type Prepared } from '../recreation/prepare'
import { readSettings, type ReadSettings } from './readSettings'
import { unmaskEnvironment } from './secrets'

export interface Known extends ReadSettings {
  prepared: Prepared & { before: InspectedImage }
  /** The image's name means another image by now: the settings name it by its id. */
  imageMoved: boolean
}

/**
 * A container's settings, with what it takes to make it again from the image that it was made from.
 * Throws `not-found` where that is gone: what the image gave cannot be told then from what was asked for.
 */
export async function knowSettings(link: EngineLink, id: string): Promise<Known> {
  const named = await orNull(prepare(link, { id }))
  const isSame = named !== null && named.before?.id === named.after.id
  const { Image: image } = named?.container ?? (await inspect(link, id))
  const prepared = isSame
    ? named
    : await orNull(prepare(link, { id, imageReference: `sha256:${image.replace(/^sha256:/, '')}` }))
  if (!prepared?.before) throw imageGone()
  const { container, before, reference } = prepared
  return {
    ...readSettings(container, before.config, reference, link.dialect),
    prepared: { ...prepared, before },
    imageMoved: !isSame,
  }
}

/** Null where the name means nothing, or is none. */
async function orNull(preparing: Promise<Prepared>): Promise<Prepared | null> {
  try {
    return await preparing
  } catch (error) {
    if (['not-found', 'invalid-input'].includes(toFailure(error).code)) return null
    throw error
  }
}

function imageGone(): Failure {
  return new Failure(
    'not-found',
    say`The image that this container was made from is gone, so its own settings cannot be told from the image’s.`,
    { hint: say`Make a new container by hand.` },
  )
}

/** Settings of a new container with what masks in them stand for, which another container has. */
export async function unmaskSettings(
  link: EngineLink,
  settings: ContainerSettings,
  masksOf: string | undefined,
): Promise<ContainerSettings> {
  if (masksOf === undefined) return settings
  const known = await knowSettings(link, masksOf)
  const environment = unmaskEnvironment(settings.environment, known.settings.environment)
  return { ...settings, environment }
}
