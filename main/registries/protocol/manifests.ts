import { z } from 'zod'
import { say } from '../../../preload/contract/say'
import type { TransportAnswer } from '../transport'
import { descriptor, type Descriptor } from './descriptor'
import { digestOf, mismatch, verify } from './digest'
import { BrokenAnswer } from './failures'
import { nextQuery } from './link'
import { checkedDigest, checkedReference, isDigest, isKnownDigest, nameOf, pathOf } from './names'
import { repositoryScope } from './scopes'
import { discard, parseJson, readWhole, type Send, type Session } from './session'
import type { Manifest, RegistryApi } from './types'

const MAX_MANIFEST_BYTES = 4 * 1024 * 1024
const MAX_REFERRER_PAGES = 20

const INDEX = 'application/vnd.oci.image.index.v1+json'
const ACCEPTED = [
  INDEX,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const typedBody = z.object({ mediaType: z.string().optional() })
const referrersBody = z.object({ manifests: z.array(descriptor).nullish() })

type Manifests = Pick<
  RegistryApi,
  'manifest' | 'headManifest' | 'putManifest' | 'deleteManifest' | 'referrers'
>

/** Manifests and indexes: what a tag or a digest stands for. */
export function createManifests(session: Session): Manifests {
  async function get(send: Send, repository: string, reference: string): Promise<Manifest> {
    const answer = await send({
      method: 'GET',
      to: pathOf(repository, 'manifests', checkedReference(reference)),
      scopes: [repositoryScope(repository, 'pull')],
      expect: [200],
      headers: { accept: ACCEPTED },
    })
    const bytes = await readWhole(answer, MAX_MANIFEST_BYTES)
    const digest = digestOfAnswer(answer, isDigest(reference) ? reference : null) ?? digestOf(bytes)
    verify(bytes, digest)
    const json = parseJson(bytes)
    const body = typedBody.safeParse(json)
    if (!body.success) throw new BrokenAnswer(say`sent a manifest that is none`)
    return { mediaType: body.data.mediaType ?? mediaTypeOf(answer), digest, bytes, json }
  }

  return {
    manifest: (repository, reference, call) =>
      session.run(nameOf(repository, reference), call, (send) => get(send, repository, reference)),

    headManifest: (repository, reference, call) =>
      session.run(nameOf(repository, reference), call, async (send) => {
        const answer = await send({
          method: 'HEAD',
          to: pathOf(repository, 'manifests', checkedReference(reference)),
          scopes: [repositoryScope(repository, 'pull')],
          expect: [200, 404],
          headers: { accept: ACCEPTED },
        })
        await discard(answer)
        if (answer.status === 404) return null
        const digest = digestOfAnswer(answer, isDigest(reference) ? reference : null)
        const sizeBytes = sizeOf(answer)
        if (digest !== null && sizeBytes !== null) {
          return { digest, mediaType: mediaTypeOf(answer), sizeBytes }
        }
        // Some registries do not tell it without the body.
        const { bytes, ...manifest } = await get(send, repository, reference)
        return {
          digest: manifest.digest,
          mediaType: manifest.mediaType,
          sizeBytes: bytes.length,
        }
      }),

    putManifest: (repository, reference, mediaType, bytes, call) =>
      session.run(nameOf(repository, reference), call, async (send) => {
        const to = pathOf(repository, 'manifests', checkedReference(reference))
        if (isDigest(reference)) verify(bytes, reference)
        const answer = await send({
          method: 'PUT',
          to,
          scopes: [repositoryScope(repository, 'pull', 'push')],
          expect: [201],
          headers: { 'content-type': mediaType },
          body: bytes,
        })
        await discard(answer)
        const digest = digestOfAnswer(answer, isDigest(reference) ? reference : null)
        if (digest === null) return digestOf(bytes)
        verify(bytes, digest)
        return digest
      }),

    deleteManifest: (repository, digest, call) =>
      session.run(nameOf(repository, digest), call, async (send) => {
        const answer = await send({
          method: 'DELETE',
          to: pathOf(repository, 'manifests', checkedDigest(digest)),
          scopes: [repositoryScope(repository, 'delete')],
          expect: [200, 202, 204],
        })
        await discard(answer)
      }),

    referrers: (repository, digest, call) =>
      session.run(nameOf(repository, digest), call, async (send) => {
        const scopes = [repositoryScope(repository, 'pull')]
        const path = pathOf(repository, 'referrers', checkedDigest(digest))
        const found: Descriptor[] = []
        let query: string | null = ''
        for (let page = 0; query !== null && page < MAX_REFERRER_PAGES; page++) {
          const answer = await send({
            method: 'GET',
            to: query === '' ? path : `${path}?${query}`,
            scopes,
            // Old registries do not know the path, or not the method on it.
            expect: [200, 404, 405],
            headers: { accept: INDEX },
          })
          const bytes = await readWhole(answer, MAX_MANIFEST_BYTES)
          if (answer.status !== 200) return referrersByTag(send, repository, digest)
          found.push(...referrersIn(parseJson(bytes)))
          query = nextQuery(answer.headers.get('link'))
        }
        return found
      }),
  }
}

/** The tag schema of registries without the referrers API (distribution-spec, "Referrers Tag Schema"). */
async function referrersByTag(
  send: Send,
  repository: string,
  digest: string,
): Promise<Descriptor[]> {
  const answer = await send({
    method: 'GET',
    to: pathOf(repository, 'manifests', checkedReference(digest.replace(':', '-').slice(0, 128))),
    scopes: [repositoryScope(repository, 'pull')],
    expect: [200, 404],
    headers: { accept: INDEX },
  })
  const bytes = await readWhole(answer, MAX_MANIFEST_BYTES)
  return answer.status === 404 ? [] : referrersIn(parseJson(bytes))
}

function referrersIn(json: unknown): Descriptor[] {
  const body = referrersBody.safeParse(json)
  if (!body.success) throw new BrokenAnswer(say`sent a list of referrers that is none`)
  return body.data.manifests ?? []
}

/**
 * The digest that an answer names, or the asked one. Null when there is neither.
 *
 * @throws BrokenAnswer when both are there and of one kind, but not the same
 */
function digestOfAnswer({ headers }: TransportAnswer, asked: string | null): string | null {
  const named = headers.get('docker-content-digest')
  if (named !== null && !isKnownDigest(named)) {
    throw new BrokenAnswer(say`names a digest of an unknown kind: ${named.slice(0, 100)}`)
  }
  if (asked === null || named === null) return asked ?? named
  const isSameKind = named.split(':')[0] === asked.split(':')[0]
  if (isSameKind && named !== asked) throw mismatch(asked, named)
  return asked
}

function mediaTypeOf({ headers }: TransportAnswer): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  return type.trim()
}

function sizeOf({ headers }: TransportAnswer): number | null {
  const length = headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null
}
