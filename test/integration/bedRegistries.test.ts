import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import {
  engineCli,
  makeLayeredImage,
  startRegistry,
  startTlsRegistry,
  trustAuthority,
  type Cli,
  type EngineFacts,
  type TokenRequest,
} from '../bed'
import { issueCertificate, makeAuthority } from '../bed/certificates'
import { putImage } from '../registryContent'

const bed = inject('bed')
const { open, authenticated, token, tls } = bed.registries
const REFUSED =
  /unauthorized|authentication required|no basic auth|access to the resource is denied/i
const UNTRUSTED = /certificate signed by unknown authority/

const credentials = ({ user, password }: { user: string; password: string }) => ({
  auth: Buffer.from(`${user}:${password}`).toString('base64'),
})
/** The docker command's entry for what it was logged in with. */
const LOGINS = {
  open: null,
  authenticated: credentials(authenticated),
  token: credentials(token),
  tls: null,
}
/** skopeo knows nothing of the bed, so what it finds in a registry is there. */
const SKOPEO_OPTIONS = {
  open: ['--tls-verify=false'],
  authenticated: [
    '--tls-verify=false',
    '--creds',
    `${authenticated.user}:${authenticated.password}`,
  ],
  token: ['--tls-verify=false', '--creds', `${token.user}:${token.password}`],
  tls: ['--cert-dir', certificateFolder(tls.caFile)],
}

describe.each(bed.engines)('the $kind engine of the bed', (engine) => {
  const cli = engineCli(engine)

  test.each(['open', 'authenticated', 'token', 'tls'] as const)(
    'pushes to the %s registry and pulls back',
    async (kind) => {
      const { host } = bed.registries[kind]
      const client = loggedIn(engine, host, LOGINS[kind])
      const reference = `${host}/bed/${engine.kind}:1`
      await makeLayeredImage(engine, reference, 3, 100_000)
      const layers = await layersOf(reference)
      expect(layers).toHaveLength(3)
      await client(['push', reference])
      const seen = await skopeo(['inspect', ...SKOPEO_OPTIONS[kind], `docker://${reference}`])
      expect(seen).toMatchObject({ Name: `${host}/bed/${engine.kind}`, RepoTags: ['1'] })
      await client(['rmi', reference])
      await expect(layersOf(reference)).rejects.toThrow()
      await client(['pull', reference])
      expect(await layersOf(reference)).toEqual(layers)
    },
  )

  test.each(['authenticated', 'token'] as const)(
    'is refused by the %s registry with a wrong password',
    async (kind) => {
      const { host, user } = bed.registries[kind]
      const reference = `${host}/bed/refused-${engine.kind}:1`
      await cli(['tag', bed.busybox, reference])
      const client = loggedIn(engine, host, credentials({ user, password: 'wrong' }))
      await expect(client(['push', reference])).rejects.toThrow(REFUSED)
    },
  )

  test('pulls with an identity token, which is traded for a token of the repository', async () => {
    const { reference, name, client } = await identified('pulled')
    await loggedIn(engine, token.host, LOGINS.token)(['push', reference])
    await cli(['rmi', reference])
    const before = (await proofsFor(name)).length
    await client(['pull', reference])
    expect(new Set((await proofsFor(name)).slice(before))).toEqual(new Set(['refresh_token']))
  })

  // Podman 4.3 hands only a user name and a password on to what pushes.
  test(
    engine.kind === 'docker'
      ? 'pushes with an identity token'
      : 'pushes as nobody when it has an identity token',
    async () => {
      const { reference, name, client } = await identified('pushed')
      const result = await client(['push', reference]).catch((error: unknown) => String(error))
      expect(new Set(await proofsFor(name))).toEqual(
        new Set([engine.kind === 'docker' ? 'refresh_token' : 'none']),
      )
      if (engine.kind === 'docker') expect(result).toContain('digest: sha256:')
      else expect(result).toMatch(REFUSED)
    },
  )

  test('may pull a public repository of the token registry without a login, and push nothing', async () => {
    const reference = `${token.host}/public/${engine.kind}:1`
    await makeLayeredImage(engine, reference, 1, 1000)
    await expect(cli(['push', reference])).rejects.toThrow(REFUSED)
    await loggedIn(engine, token.host, LOGINS.token)(['push', reference])
    await cli(['rmi', reference])
    await cli(['pull', reference])
    expect(await layersOf(reference)).toHaveLength(1)
  })

  test('verifies the certificate of a registry at its own address', async () => {
    const registry = await startTlsRegistry(bed.folder)
    onTestFinished(() => registry.stop())
    const reference = `${registry.facts.host}/bed/untrusted:1`
    await makeLayeredImage(engine, reference, 1, 1000)
    await expect(cli(['push', reference])).rejects.toThrow(UNTRUSTED)
    // The right authority vouches for other servers only.
    trustAuthority(engine, { host: registry.facts.host, caFile: tls.caFile })
    await expect(cli(['push', reference])).rejects.toThrow(UNTRUSTED)
    trustAuthority(engine, registry.facts)
    await cli(['push', reference])
  })

  /** An image for the token registry, and a client that has what `docker login` keeps there. */
  async function identified(purpose: string) {
    const name = `bed/${purpose}-${engine.kind}`
    const reference = `${token.host}/${name}:1`
    await makeLayeredImage(engine, reference, 1, 1000)
    const unused = credentials({ user: '00000000-0000-0000-0000-000000000000', password: '' })
    const login = { ...unused, identitytoken: token.identityToken }
    return { name, reference, client: loggedIn(engine, token.host, login) }
  }

  async function layersOf(reference: string): Promise<unknown> {
    return JSON.parse(await cli(['inspect', '--format', '{{json .RootFS.Layers}}', reference]))
  }
})

// Why the registry with TLS has an address of its own.
test.each(['127.0.0.1', 'localhost'])(
  'docker verifies no certificate of a registry at %s',
  async (name) => {
    const addresses = ['192.0.2.1']
    const certificate = issueCertificate(bed.folder, makeAuthority(bed.folder), { addresses })
    const registry = await startRegistry(bed.folder, { certificate })
    onTestFinished(() => registry.stop())
    const reference = `${registry.host.replace('127.0.0.1', name)}/bed/unverified:1`
    await makeLayeredImage(bed.docker, reference, 1, 1000)
    await engineCli(bed.docker)(['push', reference])
  },
)

describe('the token server', () => {
  const service = encodeURIComponent('Longshore test registry')

  test('is what the registry points to', async () => {
    const answer = await fetch(`http://${token.host}/v2/`)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="${realm()}",service="Longshore test registry"`,
    )
  })

  test('gives the user what it takes to list, read and delete', async () => {
    const { digest } = await pushedImage('bed/deleted')
    const get = (path: string, bearer: string, method = 'GET') =>
      fetch(`http://${token.host}/v2/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          accept: 'application/vnd.oci.image.manifest.v1+json',
        },
      })
    const catalog = await get('_catalog', await tokenFor(['registry:catalog:*']))
    expect(await catalog.json()).toMatchObject({
      repositories: expect.arrayContaining(['bed/deleted']) as unknown,
    })
    const manifest = `bed/deleted/manifests/${digest}`
    const reader = await tokenFor(['repository:bed/deleted:pull'])
    expect((await get(manifest, reader)).status).toBe(200)
    expect((await get(manifest, reader, 'DELETE')).status).toBe(401)
    const remover = await tokenFor(['repository:bed/deleted:pull', 'repository:bed/deleted:delete'])
    expect((await get(manifest, remover, 'DELETE')).status).toBe(202)
    expect((await get(manifest, reader)).status).toBe(404)
  })

  test('gives a refresh token when asked for one, and only to the user', async () => {
    const ask = async (headers: Record<string, string>) =>
      (
        await fetch(`${realm()}?service=${service}&offline_token=true`, { headers })
      ).json() as Promise<unknown>
    const authorization = `Basic ${LOGINS.token.auth}`
    expect(await ask({ authorization })).toMatchObject({ refresh_token: token.identityToken })
    expect(await ask({})).not.toHaveProperty('refresh_token')
  })

  test('takes a password by OAuth2 and refuses wrong proofs', async () => {
    const post = (fields: Record<string, string>) =>
      fetch(realm(), { method: 'POST', body: new URLSearchParams(fields) })
    const right = { grant_type: 'password', username: token.user, password: token.password }
    const answer = await post({ ...right, scope: 'repository:a/b:pull repository:a/c:push,pull' })
    expect(await answer.json()).toMatchObject({
      scope: 'repository:a/b:pull repository:a/c:push,pull',
      expires_in: 300,
    })
    expect((await post({ ...right, password: 'wrong' })).status).toBe(401)
    expect((await post({ grant_type: 'refresh_token', refresh_token: 'wrong' })).status).toBe(401)
    expect((await post({ grant_type: 'client_credentials' })).status).toBe(401)
  })

  function realm(): string {
    return new URL('/token', token.tokenRequestsUrl).href
  }

  async function tokenFor(scopes: string[]): Promise<string> {
    const query = new URLSearchParams([
      ['service', 'Longshore test registry'],
      ...scopes.map((scope) => ['scope', scope]),
    ])
    const authorization = `Basic ${LOGINS.token.auth}`
    const answer = await fetch(`${realm()}?${query}`, { headers: { authorization } })
    return ((await answer.json()) as { token: string }).token
  }

  /** Copied by skopeo, because the registry wants a token for each write. */
  async function pushedImage(name: string): Promise<{ digest: string }> {
    const { digest } = await putImage(open.host, name, { tag: '1' })
    await skopeoRun([
      ...['copy', '--preserve-digests', '--src-tls-verify=false', '--dest-tls-verify=false'],
      ...['--dest-creds', `${token.user}:${token.password}`],
      ...[`docker://${open.host}/${name}:1`, `docker://${token.host}/${name}:1`],
    ])
    return { digest }
  }
})

describe('a registry of its own', () => {
  test('answers until it is stopped', async () => {
    const registry = await startRegistry(bed.folder)
    const address = `http://${registry.host}/v2/`
    expect((await fetch(address)).status).toBe(200)
    await registry.stop()
    await expect(fetch(address)).rejects.toThrow()
  })

  test('can be a mirror, which keeps what was pulled through it', async () => {
    const source = await startRegistry(bed.folder)
    onTestFinished(() => source.stop())
    const { digest } = await putImage(source.host, 'bed/mirrored', { tag: '1' })
    const mirror = await startRegistry(bed.folder, { mirrorOf: source })
    onTestFinished(() => mirror.stop())
    const image = `docker://${mirror.host}/bed/mirrored`
    expect(await skopeo(['inspect', '--tls-verify=false', `${image}:1`])).toMatchObject({
      Digest: digest,
    })
    await expect(putImage(mirror.host, 'bed/pushed')).rejects.toThrow()
    await source.stop()
    expect(await skopeo(['inspect', '--tls-verify=false', `${image}@${digest}`])).toMatchObject({
      Digest: digest,
    })
  })

  test('leaves no address when it had one of its own', async () => {
    const registry = await startTlsRegistry(bed.folder)
    const { host, caFile } = registry.facts
    await registry.stop()
    const [address = ''] = host.split(':')
    expect((await promisify(execFile)('ip', ['address'])).stdout).not.toContain(address)
    expect(existsSync(caFile)).toBe(false)
  })
})

/**
 * A client with a login. Its config.json is written here, because `docker login` through Podman 4
 * insists on HTTPS.
 */
function loggedIn(engine: EngineFacts, host: string, login: object | null): Cli {
  const configFolder = mkdtempSync(join(engine.folder, 'login-'))
  const auths = login ? { [host]: login } : {}
  writeFileSync(join(configFolder, 'config.json'), JSON.stringify({ auths }))
  return engineCli(engine, configFolder)
}

/** A folder as `--cert-dir` wants it. */
function certificateFolder(caFile: string): string {
  const folder = mkdtempSync(join(bed.folder, 'trust-'))
  symlinkSync(caFile, join(folder, 'ca.crt'))
  return folder
}

/** How those who asked for a token for this repository proved who they are. */
async function proofsFor(name: string): Promise<TokenRequest['proof'][]> {
  const requests = (await (await fetch(token.tokenRequestsUrl)).json()) as TokenRequest[]
  const isForIt = (scope: string) => scope.startsWith(`repository:${name}:`)
  return requests.filter(({ scopes }) => scopes.some(isForIt)).map(({ proof }) => proof)
}

async function skopeo(args: string[]): Promise<unknown> {
  return JSON.parse(await skopeoRun(args))
}

async function skopeoRun(args: string[]): Promise<string> {
  return (await promisify(execFile)('skopeo', args, { timeout: 30_000 })).stdout
}
