import type { Call, RegistryApi } from './protocol/types'

/**
 * A registry whose manifests and blobs are read from its mirrors first, in their order. What a mirror
 * does not have or cannot give is asked of the next, and at last of the registry, whose failure is the
 * one that counts. Lists of names, and all that changes something, go to the registry itself.
 */
export function withMirrors(origin: RegistryApi, mirrors: readonly RegistryApi[]): RegistryApi {
  async function first<Result>(
    ask: (api: RegistryApi) => Promise<Result>,
    call: Call | undefined,
  ): Promise<Result> {
    for (const mirror of mirrors) {
      try {
        const found = await ask(mirror)
        if (found !== null) return found
      } catch {
        call?.signal?.throwIfAborted()
      }
    }
    return ask(origin)
  }

  return {
    ...origin,
    manifest: (repository, reference, call) =>
      first((api) => api.manifest(repository, reference, call), call),
    headManifest: (repository, reference, call) =>
      first((api) => api.headManifest(repository, reference, call), call),
    blob: (repository, digest, call) => first((api) => api.blob(repository, digest, call), call),
    blobJson: (repository, digest, call) =>
      first((api) => api.blobJson(repository, digest, call), call),
    headBlob: (repository, digest, call) =>
      first((api) => api.headBlob(repository, digest, call), call),
    async close() {
      await Promise.all([origin, ...mirrors].map((api) => api.close()))
    },
  }
}
