import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { afterEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import type { RegistryAccess } from '../../main/registries/protocol/access'
import { createRegistryApi } from '../../main/registries/protocol/api'
import { isRetryable } from '../../main/registries/protocol/failures'
import { withRetries } from '../../main/registries/protocol/retries'
import type { NamePage, RegistryApi } from '../../main/registries/protocol/types'
import { startFaultProxy, type TokenRequest } from '../bed'

const bed = inject('bed')
const { open, authenticated, token, tls } = bed.registries

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'

const local = (host: string): RegistryAccess => ({
  host,
  scheme: 'https-then-http',
  ca: null,
  skipVerify: false,
  credential: null,
})
const passwordOf = ({ user, password }: { user: string; password: string }) =>
  ({ kind: 'password', username: user, password }) as const
const withToken = { ...local(token.host), credential: passwordOf(token) }

/** Every kind of access, with what skopeo needs for the same. */
const accesses: { kind: string; access: RegistryAccess; skopeo: string[] }[] = [
  { kind: 'open', access: local(open.host), skopeo: ['--tls-verify=false'] },
  {
    kind: 'basic',
    access: { ...local(authenticated.host), credential: passwordOf(authenticated) },
    skopeo: ['--tls-verify=false', `--creds=${authenticated.user}:${authenticated.password}`],
  },
  {
    kind: 'token by password',
    access: withToken,
    skopeo: ['--tls-verify=false', `--creds=${token.user}:${token.password}`],
  },
  {
    kind: 'token by identity token',
    access: {
      ...local(token.host),
      credential: { kind: 'identity-token', token: token.identityToken },
    },
    skopeo: ['--tls-verify=false', `--creds=${token.user}:${token.password}`],
  },
  {
    kind: 'TLS by a private authority',
    access: { ...local(tls.host), scheme: 'https', ca: tls.caPem },
    skopeo: [`--cert-dir=${certificateFolder()}`],
  },
]

function certificateFolder(): string {
  const folder = mkdtempSync(join(bed.folder, 'protocol-ca-'))
  writeFileSync(join(folder, 'ca.crt'), tls.caPem)
  return folder
}

const opened: RegistryApi[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((api) => api.close()))
})

function apiOf(access: RegistryAccess): RegistryApi {
  const api = createRegistryApi(access)
  opened.push(api)
  return api
}

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
/** No two repositories of these tests share anything. */
const freshName = (prefix = 'protocol') => `${prefix}/${randomBytes(6).toString('hex')}`
const itself = (error: unknown) => error
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

async function pushBlob(api: RegistryApi, repository: string, bytes: Buffer): Promise<string> {
  const digest = sha256(bytes)
  const upload = await api.uploadChunk(await api.startUpload(repository), bytes)
  await api.finishUpload(upload, digest)
  return digest
}

/** Pushes an image with one layer that nobody else has. */
async function pushImage(api: RegistryApi, repository: string, tag: string) {
  const layer = randomBytes(100_000)
  const config = json({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [sha256(layer)] },
  })
  const manifest = json({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: await pushBlob(api, repository, config),
      size: config.length,
    },
    layers: [
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        digest: await pushBlob(api, repository, layer),
        size: layer.length,
      },
    ],
  })
  const digest = await api.putManifest(repository, tag, MANIFEST, manifest)
  return { digest, manifest, config, layer }
}

describe.each(accesses)('a registry: $kind', ({ access, skopeo }) => {
  it('takes an image, whose digest is the one that skopeo sees, and gives it back', async () => {
    const api = apiOf(access)
    const repository = freshName()
    await api.ping()
    const { digest, manifest, config, layer } = await pushImage(api, repository, '1.0')

    const seen = execFileSync(
      'skopeo',
      ['inspect', ...skopeo, '--format={{.Digest}}', `docker://${api.host}/${repository}:1.0`],
      { encoding: 'utf8' },
    )
    expect(seen.trim()).toBe(digest)

    const got = await api.manifest(repository, '1.0')
    expect(got).toMatchObject({ digest, mediaType: MANIFEST, bytes: manifest })
    expect(await api.manifest(repository, digest)).toEqual(got)
    expect(await api.headManifest(repository, '1.0')).toEqual({
      digest,
      mediaType: MANIFEST,
      sizeBytes: manifest.length,
    })
    expect(await api.blobJson(repository, sha256(config))).toEqual(JSON.parse(config.toString()))
    const { stream, sizeBytes } = await api.blob(repository, sha256(layer))
    expect(sizeBytes).toBe(layer.length)
    expect(layer.equals(await buffer(stream))).toBe(true)
  })

  it('goes on with a blob from where its reader stopped', async () => {
    const api = apiOf(access)
    const repository = freshName()
    const bytes = randomBytes(300_000)
    const digest = await pushBlob(api, repository, bytes)
    const rest = await api.blob(repository, digest, { offsetBytes: 123_456 })
    expect(rest.sizeBytes).toBe(bytes.length)
    expect(bytes.subarray(123_456).equals(await buffer(rest.stream))).toBe(true)
  })

  it('takes a blob in chunks, tells how far it is, and goes on in another session', async () => {
    const repository = freshName()
    const bytes = randomBytes(3_000_000)
    const first = apiOf(access)
    const begun = await first.startUpload(repository)
    expect(begun.offsetBytes).toBe(0)
    const stream = Readable.from([bytes.subarray(0, 400_000), bytes.subarray(400_000, 1_000_000)])
    const one = await first.uploadChunk(begun, { stream, sizeBytes: 1_000_000 })
    expect(one.offsetBytes).toBe(1_000_000)
    const two = await first.uploadChunk(one, bytes.subarray(1_000_000, 2_000_000))
    expect(two.offsetBytes).toBe(2_000_000)
    await first.close()

    const second = apiOf(access)
    const found = await second.uploadStatus(JSON.parse(JSON.stringify(two)) as typeof two)
    expect(found.offsetBytes).toBe(2_000_000)
    const last = await second.uploadChunk(found, bytes.subarray(2_000_000))
    await second.finishUpload(last, sha256(bytes))
    expect(await second.headBlob(repository, sha256(bytes))).toBe(bytes.length)
  })

  it('mounts a blob from another repository, or begins an upload for one it lacks', async () => {
    const api = apiOf(access)
    const [from, to] = [freshName(), freshName()]
    const digest = await pushBlob(api, from, randomBytes(1_000))
    expect(await api.headBlob(to, digest)).toBeNull()
    expect(await api.mountBlob(to, digest, from)).toEqual({ mounted: true })
    expect(await api.headBlob(to, digest)).toBe(1_000)

    const absent = randomBytes(500)
    const mount = await api.mountBlob(to, sha256(absent), from)
    if (mount.mounted) throw new Error('mounted what is not there')
    await api.finishUpload(await api.uploadChunk(mount.upload, absent), sha256(absent))
    expect(await api.headBlob(to, sha256(absent))).toBe(500)
  })

  it('lists repositories and tags page by page', async () => {
    const api = apiOf(access)
    const repository = freshName()
    const { manifest } = await pushImage(api, repository, 't0')
    for (const tag of ['t1', 't2', 't3', 't4']) {
      await api.putManifest(repository, tag, MANIFEST, manifest)
    }
    const tags = await pagesOf((after) => api.tags(repository, { after, pageSize: 2 }))
    // The bed's registry gives all tags at once, in no order; its catalogue goes page by page.
    expect(tags.flat().sort()).toEqual(['t0', 't1', 't2', 't3', 't4'])
    await pushImage(api, freshName(), '1.0')
    const repositories = await pagesOf((after) => api.catalog({ after, pageSize: 1 }))
    expect(repositories.flat()).toContain(repository)
    expect(repositories.length).toBeGreaterThan(1)
    expect(repositories.every((page) => page.length <= 1)).toBe(true)
  })

  it('forgets a manifest with all its tags', async () => {
    const api = apiOf(access)
    const repository = freshName()
    const { digest } = await pushImage(api, repository, 'gone')
    await api.deleteManifest(repository, digest)
    expect(await api.headManifest(repository, 'gone')).toBeNull()
    await expect(api.manifest(repository, digest)).rejects.toMatchObject({
      code: 'not-found',
      message: `${api.host} has no ${repository}@${digest}.`,
      engineMessage: expect.stringContaining('manifest unknown') as string,
    })
  })

  it('tells what is attached to a manifest, by the tag schema where there is no other way', async () => {
    const api = apiOf(access)
    const repository = freshName()
    const { digest, manifest } = await pushImage(api, repository, '1.0')
    expect(await api.referrers(repository, digest)).toEqual([])
    const attached = {
      mediaType: MANIFEST,
      digest,
      size: manifest.length,
      artifactType: 'application/spdx+json',
      annotations: { 'org.example': 'yes' },
    }
    const index = json({ schemaVersion: 2, mediaType: INDEX, manifests: [attached] })
    await api.putManifest(repository, digest.replace(':', '-'), INDEX, index)
    expect(await api.referrers(repository, digest)).toEqual([attached])
  })

  it('makes no blob of bytes with another digest', async () => {
    const api = apiOf(access)
    const repository = freshName()
    const upload = await api.uploadChunk(await api.startUpload(repository), randomBytes(100))
    const wrong = sha256(randomBytes(100))
    await expect(api.finishUpload(upload, wrong)).rejects.toMatchObject({
      engineMessage: expect.stringContaining('digest') as string,
    })
    expect(await api.headBlob(repository, wrong)).toBeNull()
  })
})

/** All pages. */
async function pagesOf(page: (after: string | null) => Promise<NamePage>): Promise<string[][]> {
  const pages: string[][] = []
  let after: string | null = null
  do {
    const { names, next }: NamePage = await page(after)
    pages.push(names)
    after = next
  } while (after !== null)
  return pages
}

describe('a registry that asks who one is', () => {
  it.each([
    { kind: 'nobody', credential: null },
    { kind: 'a wrong password', credential: { ...passwordOf(token), password: 'wrong' } },
    { kind: 'a wrong identity token', credential: { kind: 'identity-token', token: 'x' } as const },
  ])('refuses a push by $kind in words', async ({ credential }) => {
    for (const { host } of [token, authenticated]) {
      const api = apiOf({ ...local(host), credential })
      await expect(api.startUpload(freshName())).rejects.toMatchObject({
        code: 'unauthorized',
        message: expect.stringContaining(host) as string,
      })
    }
  })

  it('lets everybody pull what is public, and nobody push to it', async () => {
    const repository = freshName('public')
    const { digest } = await pushImage(apiOf(withToken), repository, '1.0')
    const nobody = apiOf(local(token.host))
    expect(await nobody.headManifest(repository, '1.0')).toMatchObject({ digest })
    await expect(nobody.startUpload(repository)).rejects.toMatchObject({
      code: 'unauthorized',
      message: `${token.host} wants a login for ${repository}.`,
    })
  })

  it('is asked for one token by calls that need the same, and for no more than they need', async () => {
    const requests = async () =>
      (await (await fetch(token.tokenRequestsUrl)).json()) as TokenRequest[]
    const [from, to] = [freshName(), freshName()]
    const digest = await pushBlob(apiOf(withToken), from, randomBytes(100))
    const before = (await requests()).length
    const api = apiOf(withToken)
    await Promise.all(Array.from({ length: 8 }, () => api.headBlob(from, digest)))
    await api.blob(from, digest).then(({ stream }) => buffer(stream))
    await api.mountBlob(to, digest, from)
    expect((await requests()).slice(before).map(({ scopes }) => scopes)).toEqual([
      [`repository:${from}:pull`],
      [`repository:${to}:pull,push`, `repository:${from}:pull`],
    ])
  })
})

describe('a registry with a certificate of a private authority', () => {
  it('is not trusted without that authority', async () => {
    const api = apiOf({ ...local(tls.host), scheme: 'https' })
    await expect(api.ping()).rejects.toMatchObject({
      message: expect.stringContaining('is not trusted') as string,
      hint: expect.stringContaining('in the settings of this registry') as string,
    })
  })

  it('is taken unverified by explicit choice', async () => {
    const api = apiOf({ ...local(tls.host), scheme: 'https', skipVerify: true })
    await api.ping()
  })

  it('is not asked by plain HTTP instead', () => {
    expect(() => apiOf(local(tls.host))).toThrow(/not on this machine/)
  })
})

describe('a registry of plain HTTP', () => {
  it('is not asked over HTTPS in vain: the settings are pointed to', async () => {
    const api = apiOf({ ...local(open.host), scheme: 'https' })
    await expect(api.ping()).rejects.toMatchObject({
      message: expect.stringContaining('does not speak HTTPS') as string,
      hint: expect.stringContaining('allow plain HTTP') as string,
    })
  })
})

describe('over a connection with faults', () => {
  async function faulty() {
    const proxy = await startFaultProxy(open.host)
    onTestFinished(() => proxy.stop())
    return { proxy, api: apiOf({ ...local(proxy.host), scheme: 'http' }) }
  }

  it('an upload goes on after a chunk of which nothing arrived', async () => {
    const { proxy, api } = await faulty()
    const repository = freshName()
    const bytes = randomBytes(1_000_000)
    const begun = await api.uploadChunk(
      await api.startUpload(repository),
      bytes.subarray(0, 200_000),
    )
    const cut = proxy.fault({ kind: 'drop', of: 'request', method: 'PATCH', afterBytes: 0 })
    const failure = await api.uploadChunk(begun, bytes.subarray(200_000)).catch(itself)
    expect(cut.hits).toBe(1)
    expect(isRetryable(failure)).toBe(true)

    const now = await api.uploadStatus(begun)
    expect(now.offsetBytes).toBe(200_000)
    const whole = await api.uploadChunk(now, bytes.subarray(now.offsetBytes))
    await api.finishUpload(whole, sha256(bytes))
    expect(await api.headBlob(repository, sha256(bytes))).toBe(bytes.length)
  })

  it('an upload that the registry gave up, as its chunk broke off, is told to be gone', async () => {
    const { proxy, api } = await faulty()
    const repository = freshName()
    const bytes = randomBytes(1_000_000)
    const begun = await api.startUpload(repository)
    // The registry has done it, and its answer with the new place is lost.
    proxy.fault({ kind: 'drop', of: 'answer', method: 'PATCH', afterBytes: 0 })
    const failure = await api.uploadChunk(begun, bytes).catch(itself)
    expect(isRetryable(failure)).toBe(true)
    const status = await api.uploadStatus(begun).catch(itself)
    expect(status).toMatchObject({ code: 'not-found' })
    expect(isRetryable(status)).toBe(false)

    expect(await pushBlob(api, repository, bytes)).toBe(sha256(bytes))
    expect(await api.headBlob(repository, sha256(bytes))).toBe(bytes.length)
  })

  it.each([
    { kind: 'answer', status: 503 },
    { kind: 'answer', status: 429, headers: { 'retry-after': '0' } },
    { kind: 'drop', of: 'answer', afterBytes: 0 },
  ] as const)('what passes is tried again: %j', async (fault) => {
    const { proxy, api } = await faulty()
    const repository = freshName()
    const { digest } = await pushImage(apiOf(local(open.host)), repository, '1.0')
    const scripted = proxy.fault({ ...fault, path: /manifests/, times: 2 })
    const told: unknown[] = []
    const head = await withRetries(() => api.headManifest(repository, '1.0'), {
      onRetry: (error) => told.push(error),
    })
    expect(head).toMatchObject({ digest })
    expect(scripted.hits).toBe(2)
    expect(told).toHaveLength(2)
  })

  it('a blob that was cut off, or truncated, is never taken for whole, and goes on', async () => {
    const { proxy, api } = await faulty()
    const repository = freshName()
    const bytes = randomBytes(500_000)
    const digest = await pushBlob(api, repository, bytes)
    for (const kind of ['drop', 'truncate'] as const) {
      proxy.fault({ kind, of: 'answer', method: 'GET', path: /blobs\/sha/, afterBytes: 200_000 })
      const received: Buffer[] = []
      const { stream } = await api.blob(repository, digest)
      stream.on('data', (chunk: Buffer) => received.push(chunk))
      const failure: unknown = await finished(stream).catch(itself)
      const begin = Buffer.concat(received)
      expect(begin.length).toBeLessThanOrEqual(200_000)
      expect(failure).toBeInstanceOf(Error)
      const rest = await api.blob(repository, digest, { offsetBytes: begin.length })
      expect(bytes.equals(Buffer.concat([begin, await buffer(rest.stream)]))).toBe(true)
    }
  })
})
