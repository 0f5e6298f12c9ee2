import { z } from 'zod'
import type { AttachedArtifact, RemoteContent } from '../../preload/contract/registryContents'
import { readIndex, readManifest } from './content'
import { readImageConfig } from './imageConfig'
import type { Descriptor } from './protocol/descriptor'
import type { Call, Manifest, RegistryApi } from './protocol/types'
import { cappedText, namedTexts } from './text'

/** Configurations of images, by OCI and by Docker; others belong to artifacts. */
const IMAGE_CONFIGS: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
])
const MOST_REFERRERS = 200

const said = z.object({
  artifactType: z.string().optional().catch(undefined),
  annotations: z.record(z.string(), z.string()).optional().catch(undefined),
})

/** What a tag or a digest stands for: an index with its members, or one image with its config and layers. */
export async function describeContent(
  api: RegistryApi,
  { repository, reference, reveal }: { repository: string; reference: string; reveal: boolean },
  call: Call,
): Promise<RemoteContent> {
  const manifest = await api.manifest(repository, reference, call)
  const entries = readIndex(manifest)
  const { artifactType, annotations } = said.parse(manifest.json)
  const common = {
    digest: manifest.digest,
    mediaType: cappedText(manifest.mediaType, 256),
    artifactType: artifactType === undefined ? null : cappedText(artifactType, 256),
    manifestBytes: manifest.bytes.length,
    annotations: namedTexts(annotations),
  }
  if (entries !== null) {
    const members = entries.map(({ digest, mediaType, platform, size }) => ({
      digest: cappedText(digest, 256),
      mediaType: cappedText(mediaType, 256),
      platform: platform === null ? null : cappedText(platform, 128),
      manifestBytes: size,
    }))
    return { ...common, kind: 'index', totalBytes: null, members, config: null, layers: [] }
  }
  return {
    ...common,
    members: [],
    ...(await describeImage(api, repository, manifest, reveal, call)),
  }
}

async function describeImage(
  api: RegistryApi,
  repository: string,
  manifest: Manifest,
  reveal: boolean,
  call: Call,
): Promise<Pick<RemoteContent, 'kind' | 'totalBytes' | 'config' | 'layers'>> {
  const { config, layers } = readManifest(manifest)
  const isImage = IMAGE_CONFIGS.has(config.mediaType)
  const read = isImage
    ? readImageConfig(await api.blobJson(repository, config.digest, call), config.digest, reveal)
    : null
  // A history that tells another number of layers tells nothing about any of them.
  const instructions = read?.instructions.length === layers.length ? read.instructions : []
  return {
    kind: isImage ? 'image' : 'artifact',
    totalBytes: layers.reduce((sum, { size }) => sum + size, config.size),
    config: read?.summary ?? null,
    layers: layers.map(({ digest, mediaType, size }, index) => ({
      digest: cappedText(digest, 256),
      mediaType: cappedText(mediaType, 256),
      bytes: size,
      createdBy: instructions[index] ?? null,
    })),
  }
}

/** What is attached to a manifest. */
export async function attachedTo(
  api: RegistryApi,
  { repository, digest }: { repository: string; digest: string },
  call: Call,
): Promise<AttachedArtifact[]> {
  const found = await api.referrers(repository, digest, call)
  return found.slice(0, MOST_REFERRERS).map(attached)
}

function attached({ digest, mediaType, artifactType, size, annotations }: Descriptor) {
  return {
    digest: cappedText(digest, 256),
    mediaType: cappedText(mediaType, 256),
    artifactType: artifactType === undefined ? null : cappedText(artifactType, 256),
    manifestBytes: size,
    annotations: namedTexts(annotations),
  }
}
