import { createHash } from 'node:crypto'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { Descriptor } from '../registries/protocol/descriptor'
import { withRetries } from '../registries/protocol/retries'
import type { Upload } from '../registries/protocol/types'
import { BlobReader } from './blobReader'
import type { Place } from './place'

export interface CopyBlobOptions {
  signal: AbortSignal
  /** Begun already, where the registry answered a request to mount the blob with an upload. */
  upload?: Upload | undefined
  /** How many bytes of the blob the target has so far. */
  onBytes: (bytes: number) => void
  /** A part is tried again, and why. */
  onRetry: (error: unknown) => void
}

/** What is held in memory and sent at once, bytes; a registry may ask for more. */
const CHUNK_BYTES = 8 * 1024 * 1024
/** How often a request may fail in a row for reasons that pass. */
const ATTEMPTS = 5

/**
 * Copies a blob through this process: read in order, sent in chunks. Either side may drop the connection:
 * the source goes on where it stopped, and the target is asked how much it has; where it has given up the
 * whole upload, another one is begun. What was read is verified against the digest before the target makes
 * a blob of it.
 */
export async function copyBlob(
  from: Place,
  to: Place,
  blob: Descriptor,
  options: CopyBlobOptions,
): Promise<void> {
  let { upload } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await copyOnce(from, to, blob, { ...options, upload })
    } catch (error) {
      if (!(error instanceof UploadLost)) throw error
      if (attempt === ATTEMPTS) throw error.failure
      options.onRetry(error.failure)
      options.onBytes(0)
      upload = undefined
    }
  }
}

/** The target knows nothing any more of what it was sent. */
class UploadLost extends Error {
  constructor(readonly failure: unknown) {
    super(say`The upload is lost.`, { cause: failure })
  }
}

async function copyOnce(
  from: Place,
  to: Place,
  blob: Descriptor,
  { signal, upload: begun, onBytes, onRetry }: CopyBlobOptions,
): Promise<void> {
  const tried = <Result>(work: () => Promise<Result>) =>
    withRetries(work, { signal, attempts: ATTEMPTS, onRetry })
  let upload = begun ?? (await tried(() => to.api.startUpload(to.repository, { signal })))
  const chunkBytes = Math.max(CHUNK_BYTES, upload.minChunkBytes ?? 0)
  const hash = createHash(hashOf(blob.digest))
  const reader = new BlobReader(from, blob, signal)
  try {
    for (let sentBytes = 0; sentBytes < blob.size;) {
      const chunk = await tried(() => reader.next(chunkBytes))
      hash.update(chunk)
      upload = await sendChunk(to, upload, chunk, signal, tried)
      sentBytes += chunk.length
      onBytes(sentBytes)
    }
  } finally {
    reader.close()
  }
  if (hash.digest('hex') !== blob.digest.split(':')[1]) throw damaged(from, blob)
  await tried(() => to.api.finishUpload(upload, blob.digest, { signal }))
}

/** Sends what the target lacks of a chunk that begins at `upload.offsetBytes`. */
async function sendChunk(
  to: Place,
  upload: Upload,
  chunk: Buffer,
  signal: AbortSignal,
  tried: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<Upload> {
  const startBytes = upload.offsetBytes
  const endBytes = startBytes + chunk.length
  let known: Upload | null = upload
  return tried(async () => {
    // After a failure nobody knows how much of it arrived.
    const now: Upload = known ?? (await statusOf(to, upload, signal))
    known = null
    if (now.offsetBytes >= endBytes) return now
    if (now.offsetBytes < startBytes) throw new UploadLost(lostPart(to))
    return to.api.uploadChunk(now, chunk.subarray(now.offsetBytes - startBytes), { signal })
  })
}

/** Distribution 2.8 gives an upload up when a chunk broke off in the middle, and answers 404 then. */
async function statusOf(to: Place, upload: Upload, signal: AbortSignal): Promise<Upload> {
  try {
    return await to.api.uploadStatus(upload, { signal })
  } catch (error) {
    throw error instanceof Failure && error.code === 'not-found' ? new UploadLost(error) : error
  }
}

function lostPart({ api }: Place): Failure {
  return new Failure('engine-error', say`${api.host} lost a part of what it was sent.`, {
    hint: say`Try again: layers that arrived whole are not sent again.`,
  })
}

/** The digests that the engines know (opencontainers/go-digest). */
function hashOf(digest: string): string {
  const [algorithm = ''] = digest.split(':')
  if (['sha256', 'sha384', 'sha512'].includes(algorithm)) return algorithm
  throw new Failure('engine-error', say`A digest of the kind "${algorithm}" cannot be verified.`)
}

function damaged({ api }: Place, blob: Descriptor): Failure {
  return new Failure('engine-error', say`${api.host} gave other bytes than it promised.`, {
    hint: say`Nothing was kept of them. Tell its administrator: what it stores is damaged.`,
    engineMessage: blob.digest,
  })
}
