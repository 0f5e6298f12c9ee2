import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import { manifestOf, readIndex, readManifest } from '../registries/content'
import type { Descriptor } from '../registries/protocol/descriptor'
import type { Manifest } from '../registries/protocol/types'
import type { Place } from './place'

/** Everything that a name stands for, in the order in which a registry takes it. */
export interface Contents {
  /** Each once. Not those whose bytes are kept elsewhere. */
  blobs: Descriptor[]
  /** Those that others point to come first; the last is the one that the name means. */
  manifests: Manifest[]
}

/** Of an index: its platforms, and attestations of each. */
const MAX_MANIFESTS = 500

/**
 * Reads the manifests that a name leads to.
 *
 * @param platform one platform's image alone; everything where it is undefined
 */
export async function contentsOf(
  from: Place,
  reference: string,
  platform: string | undefined,
  signal: AbortSignal,
): Promise<Contents> {
  const { api, repository } = from
  const named = await api.manifest(repository, reference, { signal })
  const top =
    platform === undefined
      ? named
      : (await manifestOf(api, repository, named, platform, { signal })).manifest
  const blobs = new Map<string, Descriptor>()
  const manifests: Manifest[] = []

  async function visit(manifest: Manifest): Promise<void> {
    const entries = readIndex(manifest)
    if (entries === null) {
      const { config, layers } = readManifest(manifest)
      for (const blob of [config, ...layers.filter(({ foreign }) => !foreign)]) {
        blobs.set(blob.digest, blob)
      }
    } else {
      for (const { digest } of entries) await visitOnce(digest)
    }
    manifests.push(manifest)
  }

  const seen = new Set<string>()
  async function visitOnce(digest: string): Promise<void> {
    if (seen.has(digest)) return
    seen.add(digest)
    if (seen.size > MAX_MANIFESTS) {
      throw new Failure('engine-error', say`An index of ${api.host} has too many entries to copy.`)
    }
    await visit(await api.manifest(repository, digest, { signal }))
  }

  await visit(top)
  return { blobs: [...blobs.values()], manifests }
}
