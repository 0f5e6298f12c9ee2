import type { Readable } from 'node:stream'
import type { Descriptor } from './descriptor'

export interface Call {
  /** Ends the call; its reason is thrown. */
  signal?: AbortSignal | undefined
}

export interface PageCall extends Call {
  /** `next` of the page before; none begins at the beginning. */
  after?: string | null | undefined
  /** How many names to ask for; the registry may give fewer. */
  pageSize?: number | undefined
}

export interface NamePage {
  names: string[]
  /** What to give as `after` for the page that follows; null on the last. */
  next: string | null
}

export interface Manifest {
  mediaType: string
  /** Verified: of these bytes, and the asked one if a digest was asked for. */
  digest: string
  bytes: Buffer
  /** The bytes, parsed: an object of the registry's making, to be checked before use. */
  json: unknown
}

export interface ManifestHead {
  digest: string
  mediaType: string
  sizeBytes: number
}

export interface Blob {
  /**
   * The bytes from `offsetBytes` on. With offset 0 the stream fails at its end when they are not what
   * the digest says; after another offset the reader has to verify. Read it or destroy it.
   */
  stream: Readable
  /** Of the whole blob; null when the registry does not tell. */
  sizeBytes: number | null
}

/** An upload that goes on. Plain data: each step gives the next one, as the place moves. */
export interface Upload {
  repository: string
  /** Where its next request goes: an absolute URL of the registry's choice. */
  location: string
  /** How many bytes the registry has. */
  offsetBytes: number
  /** What a chunk that is not the last must have at least (`OCI-Chunk-Min-Length`); null: any size. */
  minChunkBytes: number | null
}

/** A chunk of exactly `sizeBytes`; only bytes can be sent again when a token has just run out. */
export type Chunk = Uint8Array | { stream: AsyncIterable<Uint8Array>; sizeBytes: number }

export type Mount = { mounted: true } | { mounted: false; upload: Upload }

/**
 * One registry by the OCI distribution protocol (opencontainers/distribution-spec 1.1). Every method
 * rejects with a `RegistryFailure` in words for the person, or with its signal's reason. Nothing is
 * tried twice here save an expired token: see `withRetries`.
 *
 * Repositories are without the host (`library/nginx`), references are a tag or a digest.
 */
export interface RegistryApi {
  /** `localhost:5000`, `docker.io`. */
  host: string
  /** Resolves when a registry answers and takes the credential. */
  ping(call?: Call): Promise<void>
  /** Repositories, where the registry lists them. */
  catalog(call?: PageCall): Promise<NamePage>
  tags(repository: string, call?: PageCall): Promise<NamePage>

  /** At most 4 MiB. */
  manifest(repository: string, reference: string, call?: Call): Promise<Manifest>
  /** Null when there is none. */
  headManifest(repository: string, reference: string, call?: Call): Promise<ManifestHead | null>
  /** @returns the digest, verified when the registry names one */
  putManifest(
    repository: string,
    reference: string,
    mediaType: string,
    bytes: Uint8Array,
    call?: Call,
  ): Promise<string>
  /** Removes the manifest with all its tags. */
  deleteManifest(repository: string, digest: string, call?: Call): Promise<void>
  /** What is attached to a manifest: signatures, SBOMs. By the referrers API or its tag schema. */
  referrers(repository: string, digest: string, call?: Call): Promise<Descriptor[]>

  blob(
    repository: string,
    digest: string,
    call?: Call & { offsetBytes?: number | undefined },
  ): Promise<Blob>
  /** A JSON blob such as an image's config: verified, parsed, at most 8 MiB. */
  blobJson(repository: string, digest: string, call?: Call): Promise<unknown>
  /** The size in bytes; null when the repository has no such blob. */
  headBlob(repository: string, digest: string, call?: Call): Promise<number | null>

  /** Makes a blob of another repository of this registry appear here, or begins an upload instead. */
  mountBlob(repository: string, digest: string, fromRepository: string, call?: Call): Promise<Mount>
  startUpload(repository: string, call?: Call): Promise<Upload>
  /** Appends at `upload.offsetBytes`. After a failure ask `uploadStatus` where to go on. */
  uploadChunk(upload: Upload, chunk: Chunk, call?: Call): Promise<Upload>
  /**
   * How far an upload is. Fails with `not-found` where the registry has given it up: distribution does
   * when a chunk broke off or its answer was lost, as its place tells how much there should be. Then only
   * a new upload helps.
   */
  uploadStatus(upload: Upload, call?: Call): Promise<Upload>
  /** Makes the blob out of what was uploaded, if that has this digest. */
  finishUpload(upload: Upload, digest: string, call?: Call): Promise<void>

  /** Ends the connections; calls that go on are rejected. */
  close(): Promise<void>
}
