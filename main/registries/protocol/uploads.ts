import { Readable } from 'node:stream'
import { say } from '../../../preload/contract/say'
import { isNoDowngrade, type TransportAnswer } from '../transport'
import { mismatch } from './digest'
import { BrokenAnswer, RefusedCall } from './failures'
import { checkedDigest, pathOf } from './names'
import { repositoryScope } from './scopes'
import { discard, type Send, type Session } from './session'
import type { Chunk, RegistryApi, Upload } from './types'

/** A registry that keeps blobs elsewhere may read and move all of one before it answers. */
const FINISH_MILLIS = 300_000
/** What is given to the connection at once, so that a stalled one is told from a slow one. */
const PIECE_BYTES = 64 * 1024

type Uploads = Pick<
  RegistryApi,
  'mountBlob' | 'startUpload' | 'uploadChunk' | 'uploadStatus' | 'finishUpload'
>

/** Blobs, to be sent, in chunks (distribution-spec, "Pushing blobs"). */
export function createUploads(session: Session): Uploads {
  const pushScopes = (repository: string) => [repositoryScope(repository, 'pull', 'push')]

  async function start(send: Send, repository: string): Promise<Upload> {
    const answer = await send({
      method: 'POST',
      to: `${pathOf(repository, 'blobs', 'uploads')}/`,
      scopes: pushScopes(repository),
      expect: [202],
    })
    await discard(answer)
    return begunBy(answer, repository)
  }

  return {
    mountBlob: (repository, digest, fromRepository, call) =>
      session.run(repository, call, async (send) => {
        const query = new URLSearchParams({
          mount: checkedDigest(digest),
          from: pathOf(fromRepository),
        })
        try {
          const answer = await send({
            method: 'POST',
            to: `${pathOf(repository, 'blobs', 'uploads')}/?${query.toString()}`,
            scopes: [...pushScopes(repository), repositoryScope(fromRepository, 'pull')],
            expect: [201, 202],
          })
          await discard(answer)
          if (answer.status === 201) return { mounted: true }
          return { mounted: false, upload: begunBy(answer, repository) }
        } catch (error) {
          // Without the right to the other repository some refuse to mount, where others begin an upload.
          const isNoMount =
            error instanceof RefusedCall && [400, 401, 403, 404, 405].includes(error.status)
          if (!isNoMount) throw error
          return { mounted: false, upload: await start(send, repository) }
        }
      }),

    startUpload: (repository, call) =>
      session.run(repository, call, (send) => start(send, repository)),

    uploadChunk: (upload, chunk, call) =>
      session.run(thingOf(upload), call, async (send) => {
        const sizeBytes = chunk instanceof Uint8Array ? chunk.length : chunk.sizeBytes
        if (sizeBytes === 0) return upload
        const { offsetBytes } = upload
        const request: ChunkRequest = {
          method: 'PATCH',
          to: new URL(upload.location),
          scopes: pushScopes(upload.repository),
          expect: [202],
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(sizeBytes),
            'content-range': `${offsetBytes}-${offsetBytes + sizeBytes - 1}`,
          },
        }
        const answer = await sendChunk(send, request, chunk)
        await discard(answer)
        const sent = offsetBytes + sizeBytes
        const known = receivedBytes(answer)
        // "0-0" is the answer for no byte and for one.
        const offset = known === null || (known === 0 && sent === 1) ? sent : known
        return {
          ...upload,
          location: locationOf(answer, upload.location),
          offsetBytes: offset,
        }
      }),

    uploadStatus: (upload, call) =>
      session.run(thingOf(upload), call, async (send) => {
        const answer = await send({
          method: 'GET',
          to: new URL(upload.location),
          scopes: pushScopes(upload.repository),
          expect: [204],
        })
        await discard(answer)
        const offsetBytes = receivedBytes(answer)
        if (offsetBytes === null) throw new BrokenAnswer(say`does not tell how much it has`)
        return { ...upload, location: locationOf(answer, upload.location), offsetBytes }
      }),

    finishUpload: (upload, digest, call) =>
      session.run(thingOf(upload), call, async (send) => {
        const to = new URL(upload.location)
        // As text: to write the query anew might change what the registry signed.
        to.search += `${to.search === '' ? '?' : '&'}digest=${encodeURIComponent(checkedDigest(digest))}`
        const answer = await send({
          method: 'PUT',
          to,
          scopes: pushScopes(upload.repository),
          expect: [201],
          headers: { 'content-length': '0' },
          headersMillis: FINISH_MILLIS,
        })
        await discard(answer)
        const named = answer.headers.get('docker-content-digest')
        if (named !== null && named !== digest) throw mismatch(digest, named)
      }),
  }
}

type ChunkRequest = Omit<Parameters<Send>[0], 'body'>

/** Bytes are sent once more when the token had run out. */
async function sendChunk(
  send: Send,
  request: ChunkRequest,
  chunk: Chunk,
): Promise<TransportAnswer> {
  const once = () =>
    send({
      ...request,
      body: Readable.from(chunk instanceof Uint8Array ? piecesOf(chunk) : chunk.stream, {
        objectMode: false,
      }),
    })
  try {
    return await once()
  } catch (error) {
    const mayRepeat =
      chunk instanceof Uint8Array && error instanceof RefusedCall && error.isRepeatable
    if (!mayRepeat) throw error
    return once()
  }
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

function begunBy(answer: TransportAnswer, repository: string): Upload {
  const minimum = answer.headers.get('oci-chunk-min-length') ?? ''
  return {
    repository,
    location: locationOf(answer, null),
    offsetBytes: 0,
    minChunkBytes: /^\d{1,12}$/.test(minimum) ? Number(minimum) : null,
  }
}

/**
 * Where an upload goes on. A registry behind a proxy that ends TLS may name itself by http: then its
 * host counts, not its scheme.
 */
function locationOf({ url, headers }: TransportAnswer, present: string | null): string {
  const text = headers.get('location') ?? present
  if (text === null || !URL.canParse(text, url.href)) {
    throw new BrokenAnswer(say`does not tell where an upload goes on`)
  }
  const location = new URL(text, url)
  if (location.hostname === url.hostname && !isNoDowngrade(url, location)) {
    return new URL(location.pathname + location.search, url).href
  }
  if (!isNoDowngrade(url, location)) {
    throw new BrokenAnswer(say`wants the upload to go on without TLS, at ${location.host}`)
  }
  return location.href
}

/** How many bytes `Range: 0-<last>` says are there; null without it. */
function receivedBytes({ headers }: TransportAnswer): number | null {
  const [, last] = /^(?:bytes=)?0-(-?\d{1,15})$/.exec(headers.get('range') ?? '') ?? []
  if (last === undefined) return null
  return last === '0' ? 0 : Number(last) + 1
}

function thingOf({ repository }: Upload): string {
  return say`the upload to ${repository}`
}
