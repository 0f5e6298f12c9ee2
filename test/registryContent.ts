import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'

/** What a registry gives and takes, as `descriptor` of the OCI image specification. */
export interface Descriptor {
  mediaType: string
  digest: string
  size: number
}

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
}

/** Puts bytes into a repository of an open registry at `127.0.0.1:port`, in one request of two. */
export async function putBlob(
  host: string,
  repository: string,
  bytes: Buffer,
  mediaType: string,
): Promise<Descriptor> {
  const digest = digestOf(bytes)
  const begun = await fetch(`http://${host}/v2/${repository}/blobs/uploads/`, { method: 'POST' })
  const location = new URL(begun.headers.get('location') ?? '', `http://${host}`)
  location.searchParams.set('digest', digest)
  await expectCreated(await fetch(location, { method: 'PUT', body: new Uint8Array(bytes) }))
  return { mediaType, digest, size: bytes.length }
}

/** Puts a manifest or an index under a tag, or under its digest where none is given. */
export async function putManifest(
  host: string,
  repository: string,
  content: { mediaType: string },
  tag?: string,
): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(content))
  const digest = digestOf(bytes)
  const url = `http://${host}/v2/${repository}/manifests/${tag ?? digest}`
  const headers = { 'content-type': content.mediaType }
  await expectCreated(await fetch(url, { method: 'PUT', headers, body: bytes.toString() }))
  return { mediaType: content.mediaType, digest, size: bytes.length }
}

/** A layer of one file with that many random bytes, put into a repository. */
export async function putLayer(
  host: string,
  repository: string,
  layerBytes: number,
): Promise<Descriptor> {
  const tar = pack()
  tar.entry({ name: 'content' }, randomBytes(layerBytes))
  tar.finalize()
  return putBlob(host, repository, await buffer(tar), types.layer)
}

/** An image that no engine has made, of layers that the repository has, or of a new one. */
export async function putImage(
  host: string,
  repository: string,
  {
    platform = 'linux/amd64',
    layers: given,
    tag,
  }: { platform?: string; layers?: readonly Descriptor[]; tag?: string } = {},
): Promise<Descriptor & { configDigest: string }> {
  const layers = given ?? [await putLayer(host, repository, 1_024)]
  const [os, architecture, variant] = platform.split('/')
  const content = {
    os,
    architecture,
    ...(variant && { variant }),
    config: { Cmd: ['/content'] },
    // The layers are not compressed, so what they unpack to has the same digest.
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: layers.map(() => ({ created_by: 'COPY content /content' })),
  }
  const bytes = Buffer.from(JSON.stringify(content))
  const config = await putBlob(host, repository, bytes, types.config)
  const manifest = { schemaVersion: 2, mediaType: types.manifest, config, layers }
  return { ...(await putManifest(host, repository, manifest, tag)), configDigest: config.digest }
}

/** One tag for an image of several platforms; resolves with the index and each platform's image. */
export async function putIndex(
  host: string,
  repository: string,
  tag: string,
  platforms: readonly string[],
) {
  const images = []
  for (const platform of platforms) {
    images.push({ platform, ...(await putImage(host, repository, { platform })) })
  }
  const manifests = images.map(({ platform, mediaType, digest, size }) => {
    const [os, architecture, variant] = platform.split('/')
    return { mediaType, digest, size, platform: { os, architecture, ...(variant && { variant }) } }
  })
  const content = { schemaVersion: 2, mediaType: types.index, manifests }
  return { index: await putManifest(host, repository, content, tag), images }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

async function expectCreated(answer: Response): Promise<void> {
  if (answer.status !== 201) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`)
}
