import type { EditInput } from '../../../preload/contract/edit'
import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import type { Recreated } from '../../../preload/contract/recreation'
import { say } from '../../../preload/contract/say'
import type { Connection } from '../../engines/connection'
import { socketPathOf } from '../../engines/endpoint'
import { Failure } from '../../errors'
import { createBody } from '../create/createBody'
import { dangersOf, refuseDangers } from '../create/dangers'
import { imageText } from '../create/provideImage'
import { creationOf } from '../recreation/createBody'
import { inspectWantedImage } from '../recreation/inspected'
import { refuseObstacles } from '../recreation/recreate'
import { replaceContainer } from '../recreation/replace'
import { keepsRunning } from './keepsRunning'
import { knowSettings } from './known'
import { changedFields, overlay } from './overlay'
import { unmaskEnvironment } from './secrets'

/**
 * Makes a container again with other settings; what was not changed stays, also what no setting can say.
 * The old one is kept stopped beside it. Whatever fails, also a new one that ends with an error as soon
 * as it is started, the old one is back as it was, and the failure says so.
 *
 * @param names Of all containers, to find a free one for the old container.
 */
export async function editContainer(
  { link, endpoint }: Pick<Connection, 'link' | 'endpoint'>,
  { id, settings, acceptedDangers }: EditInput,
  names: Iterable<string>,
): Promise<Recreated> {
  const { settings: before, prepared } = await knowSettings(link, id)
  const { container, before: image } = refuseObstacles(prepared)
  const after = wantedSettings(before, settings)
  const socket = socketPathOf(endpoint)
  refuseDangers(dangersOf(after, socket), [...dangersOf(before, socket), ...acceptedDangers])
  const reference = imageText(after.image)
  const images = {
    before: image,
    after: after.image === before.image ? image : await inspectWantedImage(link, reference),
    reference,
  }
  const creation = overlay({
    container,
    base: creationOf(container, images, link.dialect, { keepAddresses: true }),
    wanted: createBody(after, link.dialect),
    before,
    after,
  })
  return replaceContainer(link, container, creation, {
    names,
    check: (newId) => keepsRunning(link, newId),
  })
}

/** What is to be, with what masks stand for. Throws `invalid-input` where nothing, or the name, changes. */
function wantedSettings(before: ContainerSettings, settings: ContainerSettings): ContainerSettings {
  const environment = unmaskEnvironment(settings.environment, before.environment)
  const after = { ...settings, name: settings.name ?? before.name, environment }
  const changed = changedFields(before, after)
  if (changed.has('name')) {
    throw new Failure('invalid-input', say`Making a container again does not rename it.`, {
      hint: say`Rename it by itself: that needs no new container.`,
    })
  }
  if (changed.size > 0) return after
  throw new Failure('invalid-input', say`Nothing was changed.`)
}
