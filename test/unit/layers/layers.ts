import { createHash } from 'node:crypto'
import { readImageArchive, type ImageContent } from '../../../main/layers/imageArchive'
import { Bounds, readLayer, type LayerEntries } from '../../../main/layers/entries'
import { tarOf, type Entry } from '../archives/tars'

const signal = () => new AbortController().signal

/** A layer with these entries, as it is read from its tar. */
export async function layerOf(entries: readonly Entry[]): Promise<LayerEntries> {
  return readLayer(chunksOf(await tarOf(entries)), new Bounds(), signal())
}

export const folder = (name: string): Entry => ({ name, type: 'directory', mode: 0o755 })

/** What whoever reads gets, in pieces of an awkward size. */
export async function* chunksOf(
  content: Uint8Array,
  size = 1_000,
): AsyncGenerator<Buffer, void, void> {
  const all = Buffer.from(content)
  for (let at = 0; at < all.length; at += size) {
    yield await Promise.resolve(all.subarray(at, at + size))
  }
}

export function read(archive: Uint8Array): Promise<ImageContent> {
  return readImageArchive(chunksOf(archive, 7_777), signal())
}

export const digestOf = (content: Uint8Array) =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`

export function configOf(layers: readonly Uint8Array[]): string {
  return JSON.stringify({
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
    history: [
      ...layers.map((_, at) => ({ created_by: `COPY ${at} / # buildkit` })),
      { created_by: 'CMD ["sh"]', empty_layer: true },
    ],
  })
}

/** What `docker save` wrote before version 25: the manifest comes last. */
export function dockerArchive(layers: readonly Uint8Array[]): Entry[] {
  const names = layers.map((_, at) => `${at}/layer.tar`)
  return [
    ...layers.map((content, at) => ({ name: names[at] ?? '', content })),
    { name: 'config.json', content: configOf(layers) },
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers: names }]),
    },
  ]
}

/** OCI image layout, its index an index of one image; `packed` are the blobs of the layers. */
export function ociLayout(layers: readonly Uint8Array[], packed = layers): Entry[] {
  const blobs: Entry[] = []
  const add = (content: Uint8Array) => {
    const digest = digestOf(content)
    blobs.push({ name: `blobs/${digest.replace(':', '/')}`, content })
    return { digest, mediaType: 'any', size: content.length }
  }
  const json = (value: unknown) => Buffer.from(JSON.stringify(value))
  const config = add(Buffer.from(configOf(layers)))
  const manifest = add(json({ config, layers: packed.map(add) }))
  const index = add(json({ manifests: [manifest] }))
  return [
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', content: json({ manifests: [index] }) },
    ...blobs.reverse(),
  ]
}
