import { z } from 'zod'
import type { PullPlan, PullRequest } from '../../preload/contract/images'
import {
  formatReference,
  registryHost,
  withDefaultTag,
  type Reference,
} from '../../preload/contract/reference'
import { say } from '../../preload/contract/say'
import type { LayerReuse } from '../engines/dialect/dialect'
import { Failure } from '../errors'
import type { JobServices } from '../jobs/kinds'
import { manifestOf, readIndex, readManifest } from '../registries/content'
import type { Registries } from '../registries/registries'
import { chainIdsOf } from './chainIds'
import { readReference } from './names'
import { presentLayers, type PresentLayers } from './presentLayers'
import { imageNamed } from './pull'

/** The part of an image's configuration that tells its layers (OCI image-spec, "config"). */
const imageConfig = z.object({
  os: z.string().max(64),
  architecture: z.string().max(64),
  variant: z.string().max(64).optional().catch(undefined),
  rootfs: z.object({ diff_ids: z.array(z.string()).max(1_000) }),
})

/**
 * Asks the registry what a name stands for, and compares its layers with those of the engine. Nothing is
 * pulled.
 */
export async function planPull(
  { engines, registries, layerFacts }: JobServices,
  { engineId, reference: text, platform: asked }: Omit<PullRequest, 'kind'>,
  signal: AbortSignal,
): Promise<PullPlan> {
  const reference = withDefaultTag(readReference(text))
  const session = engines.get(engineId)
  const { link } = session.connection
  const wanted = asked ?? ociPlatform(link.facts.platform)
  const offer = await readOffer(registries, reference, wanted, signal)
  const here = layersHere(
    offer.diffIds,
    offer.imageId,
    await presentLayers(layerFacts, session, signal),
    link.dialect.layerReuse,
  )
  const layers = offer.layers.map(({ digest, size }, index) => ({
    digest,
    sizeBytes: size,
    here: here[index] ?? false,
  }))
  return {
    reference: formatReference(reference),
    digest: offer.digest,
    platforms: offer.platforms,
    platform: offer.platform,
    imageId: offer.imageId,
    presentImageId: await imageNamed(link, reference.familiar),
    layers,
    sizeBytes: sumOf(layers),
    travelBytes: sumOf(layers.filter((layer) => !layer.here)),
  }
}

/** What the registry has for a name and a platform. */
async function readOffer(
  registries: Registries,
  reference: Reference,
  wanted: string,
  signal: AbortSignal,
) {
  const api = await registries.api(registryHost(reference))
  const { path } = reference
  const call = { signal }
  try {
    const named = await api.manifest(path, reference.digest ?? reference.tag ?? '', call)
    const found = await manifestOf(api, path, named, wanted, call)
    const { config, layers } = readManifest(found.manifest)
    const { platform, diffIds } = readConfig(await api.blobJson(path, config.digest, call))
    return {
      digest: named.digest,
      platforms: (readIndex(named) ?? []).flatMap((entry) => entry.platform ?? []),
      platform: found.platform ?? platform,
      imageId: config.digest,
      layers,
      diffIds,
    }
  } finally {
    await api.close()
  }
}

/**
 * Which layers of an image an engine will not ask for. Docker keeps a layer by its chain ID, so the first
 * that it lacks makes it fetch all above (moby, distribution/xfer/download.go); Podman finds each by itself
 * (containers/storage).
 *
 * @param diffIds of the image's configuration, the lowest first
 */
export function layersHere(
  diffIds: readonly string[],
  imageId: string,
  present: PresentLayers,
  reuse: LayerReuse,
): boolean[] {
  if (present.images.has(imageId)) return diffIds.map(() => true)
  if (reuse === 'by-diff-id') return diffIds.map((diffId) => present.diffIds.has(diffId))
  return chainIdsOf(diffIds).map((chainId) => present.chainIds.has(chainId))
}

/** @throws Failure where the blob is no configuration of an image (a chart, a model) */
function readConfig(json: unknown): { platform: string; diffIds: string[] } {
  const read = imageConfig.safeParse(json)
  if (!read.success) {
    throw new Failure('invalid-input', say`This is no container image.`, {
      hint: say`Registries keep other things too, such as charts; an engine cannot pull them.`,
    })
  }
  const { os, architecture, variant, rootfs } = read.data
  const platform = [os, architecture, ...(variant ? [variant] : [])].join('/')
  return { platform, diffIds: rootfs.diff_ids }
}

/** What engines call a machine (`uname -m`), as images call it (Go's GOARCH). */
const architectures: Record<string, string> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm/v7',
  armv6l: 'arm/v6',
  i686: '386',
}

/** `linux/x86_64`, as an engine tells its platform, is `linux/amd64` for a registry. */
export function ociPlatform(platform: string): string {
  const [os = '', machine = ''] = platform.split('/')
  return `${os}/${architectures[machine] ?? machine}`
}

function sumOf(layers: readonly { sizeBytes: number }[]): number {
  return layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
