import { Transform, type Readable } from 'node:stream'
import { say } from '../../../preload/contract/say'
import type { TransportAnswer } from '../transport'
import { abortReason } from '../../deadline'
import { verifierFor, verify, type Verifier } from './digest'
import { BrokenAnswer } from './failures'
import { checkedDigest, pathOf } from './names'
import { repositoryScope } from './scopes'
import { discard, parseJson, readWhole, type Send, type Session } from './session'
import type { RegistryApi } from './types'

const MAX_JSON_BYTES = 8 * 1024 * 1024

/** Blobs, to be read: layers and configs. */
export function createBlobs(session: Session): Pick<RegistryApi, 'blob' | 'blobJson' | 'headBlob'> {
  function get(send: Send, repository: string, digest: string, offsetBytes: number) {
    return send({
      method: 'GET',
      to: pathOf(repository, 'blobs', checkedDigest(digest)),
      scopes: [repositoryScope(repository, 'pull')],
      expect: offsetBytes > 0 ? [200, 206] : [200],
      headers: offsetBytes > 0 ? { range: `bytes=${offsetBytes}-` } : {},
    })
  }

  return {
    blob: async (repository, digest, call = {}) => {
      const { offsetBytes = 0, signal } = call
      const thing = thingOf(repository, digest)
      const { answer, part } = await session.run(thing, call, async (send) => {
        const answer = await get(send, repository, digest, offsetBytes)
        return { answer, part: partOf(answer, offsetBytes) }
      })
      const verifier = offsetBytes === 0 ? verifierFor(digest) : null
      const stream = checkedStream(answer, part.skipBytes, verifier, (error) =>
        signal?.aborted ? abortReason(signal) : session.failureOf(thing, error),
      )
      const abort = () => void stream.destroy(signal && abortReason(signal))
      if (signal?.aborted) abort()
      signal?.addEventListener('abort', abort, { once: true })
      stream.once('close', () => signal?.removeEventListener('abort', abort))
      return { stream, sizeBytes: part.sizeBytes }
    },

    blobJson: (repository, digest, call) =>
      session.run(thingOf(repository, digest), call, async (send) => {
        const bytes = await readWhole(await get(send, repository, digest, 0), MAX_JSON_BYTES)
        verify(bytes, digest)
        return parseJson(bytes)
      }),

    headBlob: (repository, digest, call) =>
      session.run(thingOf(repository, digest), call, async (send) => {
        const answer = await send({
          method: 'HEAD',
          to: pathOf(repository, 'blobs', checkedDigest(digest)),
          scopes: [repositoryScope(repository, 'pull')],
          expect: [200, 404],
        })
        await discard(answer)
        if (answer.status === 404) return null
        const sizeBytes = lengthOf(answer)
        if (sizeBytes === null) throw new BrokenAnswer(say`does not tell the size of a blob`)
        return sizeBytes
      }),
  }
}

/** What of a blob an answer holds: a registry may send the whole though a part was asked for. */
function partOf(
  answer: TransportAnswer,
  offsetBytes: number,
): { skipBytes: number; sizeBytes: number | null } {
  if (answer.status === 200) return { skipBytes: offsetBytes, sizeBytes: lengthOf(answer) }
  const range = answer.headers.get('content-range') ?? ''
  const [, first, total = '*'] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(range) ?? []
  if (Number(first) !== offsetBytes) {
    answer.body.on('error', () => undefined).destroy()
    throw new BrokenAnswer(say`sent another part of a blob than asked for`)
  }
  return { skipBytes: 0, sizeBytes: total === '*' ? null : Number(total) }
}

/** The body from some byte on, which fails in words, and at its end when it is not what was asked for. */
function checkedStream(
  { body }: TransportAnswer,
  skipBytes: number,
  verifier: Verifier | null,
  failureOf: (error: Error) => Error,
): Readable {
  let toSkip = skipBytes
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      verifier?.update(chunk)
      const rest = chunk.subarray(toSkip)
      toSkip -= chunk.length - rest.length
      done(null, rest)
    },
    flush(done) {
      try {
        verifier?.finish()
        done()
      } catch (error) {
        done(failureOf(error instanceof Error ? error : new Error(String(error))))
      }
    },
  })
  body.once('error', (error: Error) => stream.destroy(failureOf(error)))
  // What nobody reads any more gives its connection free.
  stream.once('close', () => body.on('error', () => undefined).destroy())
  body.pipe(stream)
  return stream
}

function thingOf(repository: string, digest: string): string {
  return say`the blob ${digest} of ${repository}`
}

function lengthOf({ headers }: TransportAnswer): number | null {
  const length = headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null
}
