import { z } from 'zod'
import { engineScope, imageId, moment, procedure, stream } from './base'

/** A layer as an image has it. */
export const imageLayer = z.object({
  /** Digest of the layer's tar, uncompressed. */
  diffId: z.string(),
  /** Of the layer together with all below it: what engines store it by. */
  chainId: z.string(),
  /** As the engine counts: Docker the bytes of its files, Podman those of its tar. */
  sizeBytes: z.number(),
  /** Other images of this engine that have the same layer on the same ground. */
  sharedWith: z.array(imageId),
})

/** A step by which an image was made. */
export const imageStep = z.object({
  /** In Dockerfile syntax as far as the engine tells; empty for a layer that nothing is told of. */
  instruction: z.string(),
  createdAt: moment,
  comment: z.string(),
  /** Null where the instruction only changed the configuration. */
  layer: imageLayer.nullable(),
})
export type ImageStep = z.infer<typeof imageStep>

export interface StoredLayer {
  chainId: string
  diffId: string
  sizeBytes: number
  /** Positions in `LayerSharing.images`. */
  images: number[]
}

export interface SharingImage {
  id: string
  /** Of all its layers. */
  sizeBytes: number
  /** Of the layers that no other image has. */
  uniqueBytes: number
  /** Of the others: `sizeBytes - uniqueBytes`. */
  sharedBytes: number
  /** Positions in `LayerSharing.layers`, the lowest first. */
  layers: number[]
}

/** Which images stand on which layers: a layer is stored once, however many images have it. */
export interface LayerSharing {
  layers: StoredLayer[]
  images: SharingImage[]
  /** Of all layers, each counted once. */
  storedBytes: number
  /** What the images would take beyond that if none shared anything. */
  savedBytes: number
}

export type SharingMessage =
  { kind: 'reading'; images: number; totalImages: number } | { kind: 'read'; sharing: LayerSharing }

/** What the removal of images frees. */
export interface Freed {
  /** Of the layers that nobody else has. */
  bytes: number
  /** Layers that go. */
  layers: number
  /** Of the layers of these images that stay, because others have them. */
  keptBytes: number
}

/** What removing these images, all of them, frees: the layers that only they have. Unknown ids count for nothing. */
export function freedBy(sharing: LayerSharing, ids: Iterable<string>): Freed {
  const chosen = new Set(ids)
  const going = new Set<number>()
  const touched = new Set<number>()
  for (const [at, image] of sharing.images.entries()) {
    if (!chosen.has(image.id)) continue
    going.add(at)
    for (const layer of image.layers) touched.add(layer)
  }
  const freed: Freed = { bytes: 0, layers: 0, keptBytes: 0 }
  for (const at of touched) {
    const layer = sharing.layers[at]
    if (layer === undefined) continue
    if (layer.images.every((image) => going.has(image))) {
      freed.bytes += layer.sizeBytes
      freed.layers++
    } else freed.keptBytes += layer.sizeBytes
  }
  return freed
}

/** Entries that are no folders, and the bytes of the files among them. */
export interface Amount {
  files: number
  bytes: number
}

/** A layer against what lies below it. */
export interface LayerChanges {
  diffId: string
  /** What made it; empty where the image does not tell. */
  instruction: string
  /** Of the files in it. */
  sizeBytes: number
  added: Amount
  /** By what the files are now. */
  changed: Amount
  /** By what the files were. */
  removed: Amount
}

/** A path that takes room more than once, or in vain. */
export interface WastefulPath {
  path: string
  /** Layers that have it, or remove it. */
  count: number
  /** In all of them together. */
  bytes: number
}

/** What an image's layers hold, by the definitions of dive: see main/layers/efficiency.ts. */
export interface LayerAnalysis {
  id: string
  /** The lowest first. */
  layers: LayerChanges[]
  /** Of the files of all layers. */
  sizeBytes: number
  /** 0 to 1. */
  efficiency: number
  wastedBytes: number
  /** The most wasteful first, of all `wastefulPaths` at most 1,000. */
  wasteful: WastefulPath[]
  wastefulPaths: number
  /** Entries with names too long for any file system, which are counted nowhere else. */
  leftOut: number
}

export type AnalysisMessage =
  /** `totalBytes` is about what the export will have. */
  { kind: 'reading'; bytes: number; totalBytes: number } | { kind: 'read'; analysis: LayerAnalysis }

export const entryKinds = ['file', 'folder', 'symlink', 'device', 'pipe'] as const
export const entryChanges = ['added', 'changed', 'removed', 'unchanged'] as const
export type EntryChange = (typeof entryChanges)[number]

/** An entry of a folder, as it is with the chosen layer on top. */
export const layerEntry = z.object({
  name: z.string(),
  kind: z.enum(entryKinds),
  /** Of a file; of a folder all files in it together. Of what was removed: as it was. */
  sizeBytes: z.number(),
  /** Permission bits, `0o7777` at most. */
  mode: z.int(),
  uid: z.int(),
  gid: z.int(),
  /** Where a symbolic link leads, and of a hard link to which file; otherwise empty. */
  target: z.string(),
  change: z.enum(entryChanges),
  /** Of a folder: entries in it, itself not counted, that are not `unchanged`. */
  changesWithin: z.int(),
  /** Of a folder. */
  hasChildren: z.boolean(),
})
export type LayerEntry = z.infer<typeof layerEntry>

/** Of one folder. */
export const MOST_CHILDREN = 10_000
/** Of one search. */
export const MOST_FOUND = 200

const oneImage = engineScope.extend({ id: imageId })

/**
 * One layer by its position, the lowest 0: the image as it is with that layer on top, and what that layer
 * changes. `all`: the finished image, where `changed` is what more than one layer wrote, and `removed` what
 * a layer has but the image has no more.
 */
const layerView = oneImage.extend({
  layer: z.union([z.int().min(0).max(10_000), z.literal('all')]),
})

export const layers = {
  /** How an image was made, bottom up. Every layer is there, and in order. */
  ofImage: procedure.input(oneImage).output(z.array(imageStep)),
  /** Over all images of an engine. How far it is, then the map; ending the stream cancels it. */
  sharing: procedure.input(engineScope).output(stream<SharingMessage>()),
  /**
   * Reads the image's files out of the engine. How far it is, then the result, at once where it is still
   * known; ending the stream cancels it. Fails with `invalid-input` for what is too large or damaged.
   */
  analyse: procedure.input(oneImage).output(stream<AnalysisMessage>()),
  /**
   * The entries of one folder, by name, folders first. Fails with `not-found` where the image was not
   * analysed, or that is long ago: `analyse` again.
   */
  tree: procedure
    .input(
      layerView.extend({
        /** From the image's root on; empty for the root itself. */
        folder: z.string().max(16_384),
        changedOnly: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        entries: z.array(layerEntry).max(MOST_CHILDREN),
        /** With those that were too many to send. */
        total: z.int(),
      }),
    ),
  /** Paths that hold this text, whatever its case: the first 200. Fails as `tree` does. */
  find: procedure
    .input(
      layerView.extend({
        text: z.string().min(1).max(1_000),
        changedOnly: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        found: z.array(layerEntry.extend({ path: z.string() })).max(MOST_FOUND),
        more: z.boolean(),
      }),
    ),
}
