import { z } from 'zod'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { descriptor, type Descriptor } from './protocol/descriptor'
import type { Call, Manifest, RegistryApi } from './protocol/types'

/** `os/architecture[/variant]` of an index's entry. */
const platform = z
  .object({
    os: z.string().max(64),
    architecture: z.string().max(64),
    variant: z.string().max(64).optional(),
  })
  .transform(({ os, architecture, variant }) =>
    [os, architecture, ...(variant ? [variant] : [])].join('/'),
  )

const indexEntry = descriptor.extend({ platform: platform.optional().catch(undefined) })

const index = z.object({ manifests: z.array(indexEntry).max(1_000) })

const layer = descriptor.extend({ urls: z.array(z.string()).optional().catch(undefined) })

const manifest = z.object({ config: descriptor, layers: z.array(layer).max(1_000) })

/** One manifest out of an index. `platform`: null where it is none of an image (an attestation). */
export type IndexEntry = Descriptor & { platform: string | null }

/** What an image or artifact manifest points to; the lowest layer first. */
export interface ImageContent {
  config: Descriptor
  /** `foreign`: its bytes are kept elsewhere (Windows base layers). */
  layers: (Descriptor & { foreign: boolean })[]
}

/** The entries of an index (OCI) or manifest list (Docker); null for a single image's manifest. */
export function readIndex({ json }: Manifest): IndexEntry[] | null {
  const read = index.safeParse(json)
  if (!read.success) return null
  return read.data.manifests.map((entry) => ({
    ...entry,
    platform: isRealPlatform(entry.platform) ? entry.platform : null,
  }))
}

/** @throws Failure for manifests of other kinds, such as Docker's schema 1 */
export function readManifest({ json, mediaType }: Manifest): ImageContent {
  const read = manifest.safeParse(json)
  if (!read.success) {
    throw new Failure(
      'engine-error',
      say`The registry has this image in a form that is not known.`,
      {
        hint: say`Images pushed before 2017 must be pushed anew by a current engine.`,
        engineMessage: mediaType.slice(0, 200),
      },
    )
  }
  const { config, layers } = read.data
  return {
    config,
    layers: layers.map(({ urls, ...each }) => ({ ...each, foreign: (urls ?? []).length > 0 })),
  }
}

/**
 * The image of one platform. A plain manifest is taken for what it is; out of an index the entry of the
 * platform, where `linux/arm` also takes `linux/arm/v7`.
 *
 * @throws Failure `not-found` where the index has none
 */
export async function manifestOf(
  api: RegistryApi,
  repository: string,
  found: Manifest,
  wanted: string,
  call?: Call,
): Promise<{ manifest: Manifest; platform: string | null }> {
  const entries = readIndex(found)
  if (entries === null) return { manifest: found, platform: null }
  const entry = choosePlatform(entries, wanted)
  if (entry === null) {
    const offered = entries.flatMap(({ platform }) => platform ?? [])
    throw new Failure('not-found', say`There is no image for ${wanted}.`, {
      hint: say`Choose one of these: ${offered.slice(0, 20).join(', ')}.`,
    })
  }
  const { digest, platform } = entry
  return { manifest: await api.manifest(repository, digest, call), platform }
}

/** The entry for a platform: the same, or else the first that only adds or lacks a variant. */
export function choosePlatform(entries: readonly IndexEntry[], wanted: string): IndexEntry | null {
  const family = (name: string) => name.split('/').slice(0, 2).join('/')
  return (
    entries.find(({ platform }) => platform === wanted) ??
    entries.find(({ platform }) => platform !== null && family(platform) === family(wanted)) ??
    null
  )
}

/** BuildKit's attestations stand in an index as `unknown/unknown`. */
function isRealPlatform(name: string | undefined): name is string {
  return name !== undefined && !name.startsWith('unknown/')
}
