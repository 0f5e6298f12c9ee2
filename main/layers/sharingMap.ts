import type { LayerSharing, StoredLayer } from '../../preload/contract/layers'
import { chainIdsOf } from '../images/chainIds'

export interface LayeredImage {
  id: string
  /** The lowest first. */
  layers: { diffId: string; sizeBytes: number }[]
}

/**
 * Which images stand on which layers. Two layers are the same where their chain IDs are (OCI image-spec,
 * "Layer ChainID"): an engine stores a layer once for each ground that it stands on. Where images differ
 * in what they tell of a layer's size, the largest counts.
 */
export function sharingOf(images: readonly LayeredImage[]): LayerSharing {
  const layers: StoredLayer[] = []
  const places = new Map<string, number>()
  const stacks = images.map(({ layers: stack }, image) => {
    const chainIds = chainIdsOf(stack.map(({ diffId }) => diffId))
    return stack.map(({ diffId, sizeBytes }, at) => {
      const chainId = chainIds[at] ?? diffId
      const place = places.get(chainId) ?? layers.length
      places.set(chainId, place)
      const layer = (layers[place] ??= { chainId, diffId, sizeBytes, images: [] })
      layer.sizeBytes = Math.max(layer.sizeBytes, sizeBytes)
      layer.images.push(image)
      return place
    })
  })
  const sharingImages = images.map(({ id }, at) => {
    const places = stacks[at] ?? []
    const stack = places.flatMap((place) => layers[place] ?? [])
    const sizeBytes = bytesOf(stack)
    const uniqueBytes = bytesOf(stack.filter(({ images: havers }) => havers.length === 1))
    return { id, sizeBytes, uniqueBytes, sharedBytes: sizeBytes - uniqueBytes, layers: places }
  })
  const storedBytes = bytesOf(layers)
  return {
    layers,
    images: sharingImages,
    storedBytes,
    savedBytes: bytesOf(sharingImages) - storedBytes,
  }
}

function bytesOf(sized: readonly { sizeBytes: number }[]): number {
  return sized.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
