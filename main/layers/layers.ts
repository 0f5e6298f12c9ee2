import type { ImageStep, LayerSharing, SharingMessage } from '../../preload/contract/layers'
import type { Session } from '../engines/session'
import { chainIdsOf } from '../images/chainIds'
import type { FactsKeeper } from './factsKeeper'
import { reported } from '../live/reported'
import { sharingOf, type LayeredImage } from './sharingMap'
import { alignByMarks, alignSteps } from './steps'

/** How an image was made, bottom up, and which images have the same layers. */
export async function stepsOfImage(
  keeper: FactsKeeper,
  session: Session,
  id: string,
  signal: AbortSignal,
): Promise<ImageStep[]> {
  const diffIds = await keeper.diffIds(session, id, signal)
  const steps = await keeper.steps(session, id, signal)
  const others = await keeper.readAll(session, 'diffIds', signal)
  const chainIds = chainIdsOf(diffIds)
  const havers = new Map<string, string[]>(chainIds.map((chainId) => [chainId, []]))
  for (const other of others) {
    if (other === id) continue
    for (const chainId of chainIdsOf(await keeper.diffIds(session, other, signal))) {
      const sharedWith = havers.get(chainId)
      if (sharedWith === undefined) break
      sharedWith.push(other)
    }
  }
  const layerAt = (at: number, sizeBytes: number) => {
    const [diffId = '', chainId = ''] = [diffIds[at], chainIds[at]]
    return { diffId, chainId, sizeBytes, sharedWith: havers.get(chainId) ?? [] }
  }
  const { layers, unmade } = align(keeper, id, steps, diffIds)
  return [
    ...diffIds.slice(0, unmade).map((_, at) => ({
      ...{ instruction: '', createdAt: 0, comment: '' },
      layer: layerAt(at, 0),
    })),
    ...steps.map(({ sizeBytes, ...step }, at) => {
      const layer = layers[at] ?? null
      return { ...step, layer: layer === null ? null : layerAt(layer, sizeBytes) }
    }),
  ]
}

/** The sharing map of an engine's images. */
export function sharing(
  keeper: FactsKeeper,
  session: Session,
  signal: AbortSignal,
): AsyncGenerator<SharingMessage, void, void> {
  const totalImages = session.images.collection.values().length
  let images = 0
  return reported<SharingMessage, LayerSharing>(
    (ended) => readSharing(keeper, session, ended, () => images++),
    () => ({ kind: 'reading', images, totalImages }),
    (map) => ({ kind: 'read', sharing: map }),
    signal,
  )
}

/** The same without a word of how far it is: images that were asked about before cost nothing. */
export async function readSharing(
  keeper: FactsKeeper,
  session: Session,
  signal: AbortSignal,
  each?: () => void,
): Promise<LayerSharing> {
  const ids = await keeper.readAll(session, 'diffIds and steps', signal, each)
  const images: LayeredImage[] = []
  for (const id of ids) {
    const diffIds = await keeper.diffIds(session, id, signal)
    const steps = await keeper.steps(session, id, signal)
    const { layers } = align(keeper, id, steps, diffIds)
    const sizes = new Map(layers.map((layer, at) => [layer, steps[at]?.sizeBytes ?? 0]))
    images.push({
      id,
      layers: diffIds.map((diffId, at) => ({ diffId, sizeBytes: sizes.get(at) ?? 0 })),
    })
  }
  return sharingOf(images)
}

function align(
  keeper: FactsKeeper,
  id: string,
  steps: Parameters<typeof alignSteps>[0],
  diffIds: readonly string[],
): ReturnType<typeof alignSteps> {
  const marks = keeper.emptySteps(id)
  const exact = marks?.length === steps.length ? alignByMarks(marks, diffIds.length) : null
  return exact ?? alignSteps(steps, diffIds)
}
