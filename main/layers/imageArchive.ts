import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { linkTarget } from '../archives/entries'
import { compressionOf, unpack } from '../archives/content'
import { Bounds, pathOf, readLayer, type LayerEntries } from './entries'
import { readTar } from '../streams/readTar'
import { damaged, unreadable } from './damaged'

/** Of one file by which an image describes itself, and of them together. */
const MOST_DESCRIPTION_BYTES = 8 * 1024 * 1024
const MOST_DESCRIPTIONS_BYTES = 64 * 1024 * 1024
/** An image has a few files for each layer. */
const MOST_FILES = 50_000
/** As many bytes of a file tell what it is: a tar's header has `ustar` at 257. */
const TELLING_BYTES = 262

/** An image's file system, layer by layer. */
export interface ImageContent {
  /** The lowest first. */
  layers: { diffId: string; entries: LayerEntries }[]
  /** For each step of its history, bottom up, as its configuration has it. */
  steps: { createdBy: string; empty: boolean }[]
  /** Entries that are in no layer above, as no engine could unpack them. */
  leftOut: number
}

/** moby image/tarexport, `manifestItem`. */
const dockerManifest = z
  .array(z.object({ Config: z.string(), Layers: z.array(z.string()).nullish() }))
  .min(1)

/** OCI image-spec: index and manifest, of which what the other has may lack. */
const descriptor = z.object({ digest: z.string(), mediaType: z.string().nullish() })
const ociIndex = z.object({ manifests: z.array(descriptor) })
const ociManifest = z.object({ config: descriptor, layers: z.array(descriptor) })

/** OCI image-spec, config.md. */
const imageConfig = z.object({
  rootfs: z.object({ diff_ids: z.array(z.string()) }),
  history: z
    .array(z.object({ created_by: z.string().nullish(), empty_layer: z.boolean().nullish() }))
    .nullish(),
})

/** The files of an archive, by their names. */
interface Files {
  layers: Map<string, LayerEntries>
  descriptions: Map<string, Buffer>
  /** Of a layer that is somewhere else in the archive. */
  links: Map<string, string>
}

/**
 * Reads what an engine exports of one image, from end to end and once: docker-archive with its layers
 * first or last (Docker, Podman), and OCI image layout (Docker from 25 on has both in one). Layers may be
 * compressed. Held in memory are the tables of their entries only.
 *
 * @throws Failure (`invalid-input`) for what is damaged, or too large to be held
 */
export async function readImageArchive(
  content: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<ImageContent> {
  const files: Files = { layers: new Map(), descriptions: new Map(), links: new Map() }
  const bounds = new Bounds()
  let fileCount = 0
  let descriptionBytes = 0
  await readTar(
    content,
    async ({ name, type, size, linkname }, stream) => {
      if (++fileCount > MOST_FILES) throw damaged(say`has too many files`)
      const path = pathOf(name)
      if (type === 'symlink' || type === 'link') {
        const target = linkTarget({ name: path, type, target: linkname })
        if (target !== null) files.links.set(path, target)
      }
      const { beginning, whole } = await peek(stream as AsyncIterable<Buffer, undefined>)
      if (isDescription(beginning) && size <= MOST_DESCRIPTION_BYTES) {
        descriptionBytes += size
        if (descriptionBytes > MOST_DESCRIPTIONS_BYTES)
          throw damaged(say`describes itself at length`)
        files.descriptions.set(path, await joined(whole))
      } else if (isLayer(beginning)) {
        const tar = unpack(whole, compressionOf(beginning))
        files.layers.set(path, await readLayer(tar, bounds, signal))
      } else await drain(whole)
    },
    unreadable,
    signal,
  )
  return { ...describe(files), leftOut: bounds.leftOut }
}

function describe(files: Files): Omit<ImageContent, 'leftOut'> {
  const { config: configName, layers: layerNames } = manifestOf(files)
  const config = imageConfig.safeParse(jsonOf(files, configName)).data
  if (config === undefined) throw damaged(say`has no configuration`)
  const diffIds = config.rootfs.diff_ids
  if (diffIds.length !== layerNames.length) throw damaged(say`has not the layers that it names`)
  return {
    layers: layerNames.map((name, at) => {
      const path = pathOf(name)
      const entries = files.layers.get(path) ?? files.layers.get(files.links.get(path) ?? '')
      if (entries === undefined) throw damaged(say`has not the layers that it names`)
      return { diffId: diffIds[at] ?? '', entries }
    }),
    steps: (config.history ?? []).map(({ created_by: createdBy, empty_layer: empty }) => ({
      createdBy: createdBy ?? '',
      empty: empty ?? false,
    })),
  }
}

/** The names of the files in the archive. */
function manifestOf(files: Files): { config: string; layers: string[] } {
  const docker = dockerManifest.safeParse(jsonOf(files, 'manifest.json')).data?.[0]
  if (docker) return { config: docker.Config, layers: docker.Layers ?? [] }
  const waiting = ['index.json']
  // Each is looked at once, whatever it says.
  const seen = new Set(waiting)
  for (const name of waiting) {
    const json = jsonOf(files, name)
    const manifest = ociManifest.safeParse(json).data
    if (manifest && imageConfig.safeParse(jsonOf(files, blobOf(manifest.config))).success) {
      return { config: blobOf(manifest.config), layers: manifest.layers.map(blobOf) }
    }
    for (const next of ociIndex.safeParse(json).data?.manifests.map(blobOf) ?? []) {
      if (!seen.has(next)) waiting.push(next)
      seen.add(next)
    }
  }
  throw damaged(say`does not say which image it has`)
}

function blobOf({ digest }: z.infer<typeof descriptor>): string {
  return `blobs/${digest.replace(':', '/')}`
}

function jsonOf({ descriptions }: Files, name: string): unknown {
  try {
    return JSON.parse(descriptions.get(pathOf(name))?.toString('utf8') ?? 'null')
  } catch {
    return null
  }
}

function isDescription(beginning: Buffer): boolean {
  return /^\s*[{[]/.test(beginning.toString('latin1')) && !isTar(beginning)
}

function isLayer(beginning: Buffer): boolean {
  return isTar(beginning) || compressionOf(beginning) !== 'none'
}

/** A tar without entries is all zeros. */
function isTar(beginning: Buffer): boolean {
  if (beginning.length < TELLING_BYTES) return false
  return (
    beginning.subarray(257, TELLING_BYTES).toString('latin1') === 'ustar' ||
    beginning.every((byte) => byte === 0)
  )
}

/** The first bytes of a file, and all of it. */
async function peek(
  content: AsyncIterable<Buffer, undefined>,
): Promise<{ beginning: Buffer; whole: AsyncIterable<Buffer, undefined> }> {
  const iterator: AsyncIterator<Buffer, undefined> = content[Symbol.asyncIterator]()
  let beginning: Buffer = Buffer.alloc(0)
  while (beginning.length < TELLING_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    beginning = Buffer.concat([beginning, next.value])
  }
  async function* whole(): AsyncGenerator<Buffer, undefined, undefined> {
    yield beginning
    for (;;) {
      const next = await iterator.next()
      if (next.done === true) return undefined
      yield next.value
    }
  }
  return { beginning, whole: whole() }
}

async function joined(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function drain(content: AsyncIterable<Buffer, undefined>): Promise<void> {
  const iterator: AsyncIterator<Buffer, undefined> = content[Symbol.asyncIterator]()
  while ((await iterator.next()).done !== true);
}
