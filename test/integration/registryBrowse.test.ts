import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { Registries } from '../../main/registries/registries'
import { createSecretFile } from '../../main/secrets'
import type { RegistrySettings } from '../../preload/contract/registries'
import { startRegistry } from '../bed'
import { called, endOf, newImage, newImageName, openOn, untilImage } from '../images'
import { putBlob, putImage, putIndex, putManifest } from '../registryContent'

const bed = inject('bed')
const { open, authenticated, token, tls } = bed.registries

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const usual = (host: string): RegistrySettings => ({
  host,
  plainHttp: false,
  ca: null,
  skipVerify: false,
  mirrors: [],
})

const containing = (text: string): unknown => expect.stringContaining(text)
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)

const app = async () => (await openOn(bed.docker)).api
type App = Awaited<ReturnType<typeof app>>

/** All names of a list, and how many pages they came in. */
async function everyPage(page: (after: string | null) => ReturnType<App['registries']['tags']>) {
  const names: string[] = []
  let after: string | null = null
  let pages = 0
  do {
    const answer: Awaited<ReturnType<typeof page>> = await page(after)
    names.push(...answer.names)
    after = answer.next
    pages += 1
  } while (after !== null)
  return { names, pages }
}

/** The same manifest again under another tag. */
async function tagAgain(repository: string, from: string, tags: readonly string[]): Promise<void> {
  const url = (tag: string) => `http://${open.host}/v2/${repository}/manifests/${tag}`
  const got = await fetch(url(from), { headers: { accept: MANIFEST } })
  const body = await got.text()
  for (const tag of tags) {
    const headers = { 'content-type': MANIFEST }
    expect((await fetch(url(tag), { method: 'PUT', headers, body })).status).toBe(201)
  }
}

describe('browsing a registry', () => {
  test('lists 250 tags, each once', async () => {
    const { registries } = await app()
    const repository = newImageName()
    await putImage(open.host, repository, { tag: 'first' })
    const tags = Array.from({ length: 249 }, (_, n) => `v${n}`)
    await tagAgain(repository, 'first', tags)
    const listed = await everyPage((after) =>
      registries.tags({ host: open.host, repository, after }),
    )
    expect(listed.names.sort()).toEqual(['first', ...tags].sort())
  })

  test('lists repositories over several pages, each once', async () => {
    const { registries } = await app()
    const registry = await startRegistry(bed.folder)
    onTestFinished(() => registry.stop())
    const { host } = registry
    const names = Array.from({ length: 230 }, (_, n) => `team${n % 7}/app${n}`)
    const config = Buffer.from('{}')
    for (const name of names) {
      const blob = await putBlob(host, name, config, 'application/vnd.oci.empty.v1+json')
      const content = { schemaVersion: 2, mediaType: MANIFEST, config: blob, layers: [] }
      await putManifest(host, name, content, '1')
    }
    const listed = await everyPage((after) => registries.catalog({ host, after }))
    expect(listed.names.sort()).toEqual(names.sort())
    expect(listed.pages).toBe(3)
  })

  test('tells of an image its config, its layers with their instructions, and what travels', async () => {
    const { registries } = await app()
    const repository = newImageName()
    const layer = await putBlob(
      open.host,
      repository,
      Buffer.alloc(2_000, 7),
      'application/x-layer',
    )
    const config = await putBlob(
      open.host,
      repository,
      Buffer.from(
        JSON.stringify({
          created: '2024-02-03T04:05:06Z',
          os: 'linux',
          architecture: 'arm',
          variant: 'v7',
          config: {
            User: 'app',
            WorkingDir: '/srv',
            Entrypoint: ['/bin/app'],
            Cmd: ['--serve'],
            Env: ['PATH=/bin', 'API_TOKEN=hush'],
            ExposedPorts: { '80/tcp': {} },
            Labels: { '<b>name</b>': 'a label' },
          },
          history: [{ created_by: 'ENV A=b', empty_layer: true }, { created_by: 'ADD rootfs /' }],
        }),
      ),
      'application/vnd.oci.image.config.v1+json',
    )
    const annotations = { 'org.opencontainers.image.title': 'An app' }
    const content = { schemaVersion: 2, mediaType: MANIFEST, config, layers: [layer], annotations }
    const { digest, size } = await putManifest(open.host, repository, content, '1')
    const asked = { host: open.host, repository, reference: '1' }
    expect(await registries.describe(asked)).toEqual({
      kind: 'image',
      digest,
      mediaType: MANIFEST,
      artifactType: null,
      manifestBytes: size,
      totalBytes: layer.size + config.size,
      annotations: [{ name: 'org.opencontainers.image.title', value: 'An app' }],
      members: [],
      config: {
        digest: config.digest,
        createdAt: Date.parse('2024-02-03T04:05:06Z'),
        platform: 'linux/arm/v7',
        entrypoint: ['/bin/app'],
        command: ['--serve'],
        workingFolder: '/srv',
        user: 'app',
        ports: ['80/tcp'],
        environment: [
          { name: 'PATH', value: '/bin', masked: false },
          { name: 'API_TOKEN', value: '••••••••', masked: true },
        ],
        labels: [{ name: '<b>name</b>', value: 'a label' }],
      },
      layers: [
        {
          digest: layer.digest,
          mediaType: 'application/x-layer',
          bytes: 2_000,
          createdBy: 'ADD rootfs /',
        },
      ],
    })
    const revealed = await registries.describe({ ...asked, reveal: true })
    expect(revealed.config?.environment[1]?.value).toBe('hush')
  })

  test('tells of an index its platforms, each to be looked at by its digest', async () => {
    const { registries } = await app()
    const repository = newImageName()
    const platforms = ['linux/amd64', 'linux/arm64/v8']
    const { index, images } = await putIndex(open.host, repository, '1', platforms)
    const told = await registries.describe({ host: open.host, repository, reference: '1' })
    expect(told).toMatchObject({
      kind: 'index',
      digest: index.digest,
      mediaType: INDEX,
      totalBytes: null,
      config: null,
    })
    expect(told.members.map(({ platform, digest }) => [platform, digest])).toEqual(
      images.map(({ platform, digest }) => [platform, digest]),
    )
    const reference = told.members[1]?.digest ?? ''
    const member = await registries.describe({ host: open.host, repository, reference })
    expect(member.config?.platform).toBe('linux/arm64/v8')
  })

  test('finds what is attached to an image', async () => {
    const { registries } = await app()
    const repository = newImageName()
    const subject = await putImage(open.host, repository, { tag: '1' })
    const empty = await putBlob(
      open.host,
      repository,
      Buffer.from('{}'),
      'application/vnd.oci.empty.v1+json',
    )
    const signature = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      artifactType: 'application/vnd.example.signature',
      config: empty,
      layers: [empty],
      subject,
      annotations: { signer: 'ann' },
    }
    const attached = await putManifest(open.host, repository, signature)
    // This registry knows no referrers: clients keep them under a tag then (distribution-spec 1.1).
    await putManifest(
      open.host,
      repository,
      {
        schemaVersion: 2,
        mediaType: INDEX,
        manifests: [
          { ...attached, artifactType: signature.artifactType, annotations: signature.annotations },
        ],
      } as { mediaType: string },
      subject.digest.replace(':', '-'),
    )
    const { digest } = subject
    expect(await registries.referrers({ host: open.host, repository, digest })).toEqual([
      {
        digest: attached.digest,
        mediaType: MANIFEST,
        artifactType: 'application/vnd.example.signature',
        manifestBytes: attached.size,
        annotations: [{ name: 'signer', value: 'ann' }],
      },
    ])
    const artifact = { host: open.host, repository, reference: attached.digest }
    expect(await registries.describe(artifact)).toMatchObject({ kind: 'artifact', config: null })
  })

  test('says in words what is not there', async () => {
    const { registries } = await app()
    const asked = { host: open.host, repository: newImageName(), reference: '1' }
    await expect(registries.describe(asked)).rejects.toMatchObject({ code: 'not-found' })
    await expect(registries.describe({ ...asked, repository: '../x' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  test('says what to do where a registry lists its repositories to nobody', async () => {
    const { registries } = await app()
    await expect(registries.catalog({ host: token.host })).rejects.toMatchObject({
      code: 'unauthorized',
      message: `${token.host} does not list its repositories.`,
      data: { hint: containing('Type the name of a repository') },
    })
  })

  test('lists them to who is logged in, with tokens', async () => {
    const { registries } = await app()
    const { host, user: username, password, identityToken } = token
    await expect(registries.logIn({ host, username, password: 'wrong' })).rejects.toMatchObject({
      code: 'unauthorized',
      message: `${host} refused this user name and password.`,
    })
    await registries.logIn({ host, username, password })
    expect((await registries.catalog({ host })).next).toBeNull()
    await registries.logOut({ host })
    await expect(registries.catalog({ host })).rejects.toMatchObject({ code: 'unauthorized' })
    await registries.logIn({ host, kind: 'identity-token', password: identityToken })
    expect((await registries.catalog({ host })).next).toBeNull()
    expect((await registries.list()).registries).toContainEqual({
      host,
      username: null,
      source: 'longshore',
      helper: null,
    })
  })

  test('tells that Docker Hub cannot be searched without a network', async () => {
    const { registries } = await app()
    await expect(registries.search({ text: 'nginx' })).rejects.toMatchObject({
      code: 'engine-error',
      message: matching(/^Docker Hub cannot be reached \(E[A-Z_]+\)\.$/),
    })
  })
})

describe('deleting a tag', () => {
  test('names every tag that goes with it, and takes these and no other', async () => {
    const { registries } = await app()
    const repository = newImageName()
    const where = { host: open.host, repository }
    await putImage(open.host, repository, { tag: '1.0' })
    await tagAgain(repository, '1.0', ['1', 'latest'])
    await putImage(open.host, repository, { tag: '2.0' })
    const deletion = await registries.deletion({ ...where, tag: '1.0' })
    expect(deletion).toMatchObject({ tags: ['1', '1.0', 'latest'], complete: true })

    const agreed = { ...where, tag: '1.0', digest: deletion.digest }
    await expect(registries.deleteTag({ ...agreed, tags: ['1.0', '1'] })).rejects.toMatchObject({
      code: 'conflict',
      message: 'More tags would go: latest.',
    })
    await registries.deleteTag({ ...agreed, tags: deletion.tags })
    expect((await registries.tags(where)).names).toEqual(['2.0'])
    await expect(registries.deletion({ ...where, tag: '1.0' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('deletes nothing when the tag has moved on since it was looked at', async () => {
    const { registries } = await app()
    const repository = newImageName()
    const where = { host: open.host, repository, tag: '1' }
    await putImage(open.host, repository, { tag: '1' })
    const { digest, tags } = await registries.deletion(where)
    await putImage(open.host, repository, { tag: '1' })
    await expect(registries.deleteTag({ ...where, digest, tags })).rejects.toMatchObject({
      code: 'conflict',
    })
    await registries.describe({ host: open.host, repository, reference: digest })
  })

  test('tells that a registry does not allow it', async () => {
    const { registries } = await app()
    const repository = newImageName()
    await putImage(open.host, repository, { tag: '1' })
    const cache = await startRegistry(bed.folder, { mirrorOf: open })
    onTestFinished(() => cache.stop())
    const where = { host: cache.host, repository, tag: '1' }
    const { digest, tags } = await registries.deletion(where)
    await expect(registries.deleteTag({ ...where, digest, tags })).rejects.toMatchObject({
      code: 'conflict',
      message: `${cache.host} does not allow this for ${repository}@${digest}.`,
    })
  })
})

describe('the settings of a registry', () => {
  test('have an authority trusted for it only when it is given', async () => {
    const { registries } = await app()
    const { host, caPem, caFile } = tls
    const refused = { code: 'engine-error', message: containing('is not trusted') }
    await expect(registries.catalog({ host })).rejects.toMatchObject(refused)
    await expect(
      registries.logIn({ host, username: 'any', password: 'any' }),
    ).rejects.toMatchObject(refused)
    for (const ca of [
      { kind: 'pem' as const, pem: caPem },
      { kind: 'file' as const, path: caFile },
    ]) {
      await registries.changeSettings({ ...usual(host), ca })
      await registries.catalog({ host })
      await registries.logIn({ host, username: 'any', password: 'any' })
      await registries.logOut({ host })
      await registries.changeSettings(usual(host))
      await expect(registries.catalog({ host })).rejects.toMatchObject(refused)
    }
    expect(await registries.settings()).toEqual([])
  })

  test('leave the certificate unverified only when that is chosen and agreed to', async () => {
    const { registries } = await app()
    const { host } = tls
    const settings = { ...usual(host), skipVerify: true }
    await expect(registries.changeSettings(settings)).rejects.toMatchObject({
      code: 'confirmation-needed',
      data: { dangers: [containing('Any certificate is taken')] },
    })
    await expect(registries.catalog({ host })).rejects.toMatchObject({ code: 'engine-error' })
    await registries.changeSettings({ ...settings, confirmed: true })
    await registries.catalog({ host })
    // What is agreed to is not asked again.
    await registries.changeSettings({ ...settings, mirrors: ['mirror.example'] })
  })

  test('allow plain HTTP to another machine only when that is chosen and agreed to', async () => {
    const { registries } = await app()
    const address = tls.host.replace(/:\d+$/, '')
    const plain = await startRegistry(bed.folder, { address })
    onTestFinished(() => plain.stop())
    const { host } = plain
    await expect(registries.catalog({ host })).rejects.toMatchObject({
      data: { hint: containing('allow plain HTTP in the settings') },
    })
    const settings = { ...usual(host), plainHttp: true }
    await expect(registries.changeSettings(settings)).rejects.toMatchObject({
      code: 'confirmation-needed',
    })
    await registries.changeSettings({ ...settings, confirmed: true })
    expect(await registries.catalog({ host })).toEqual({ names: [], next: null })
  })

  test('refuse what is no certificate', async () => {
    const { registries } = await app()
    const change = (pem: string) =>
      registries.changeSettings({ ...usual('a.example'), ca: { kind: 'pem', pem } })
    await expect(change('nothing of the kind')).rejects.toMatchObject({
      message: 'What was pasted holds no certificate.',
    })
    await expect(change(tls.caPem.slice(0, 200) + tls.caPem.slice(260))).rejects.toMatchObject({
      message: 'What was pasted holds a certificate that cannot be read.',
    })
    await expect(
      registries.changeSettings({
        ...usual('a.example'),
        ca: { kind: 'file', path: join(bed.folder, 'none.pem') },
      }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the mirrors of a registry', () => {
  test('are read first, in their order, and the registry where they have nothing', async () => {
    const folder = mkdtempSync(join(bed.folder, 'mirrors-'))
    const cache = await startRegistry(folder, { mirrorOf: authenticated })
    onTestFinished(() => cache.stop())
    const registries = new Registries({
      secrets: createSecretFile(join(folder, 'secrets.json')),
      settingsFile: join(folder, 'registries.json'),
      env: {},
      home: folder,
    })
    onTestFinished(() => registries.close())
    const origin = await startRegistry(folder)
    onTestFinished(() => origin.stop())
    const repository = newImageName()
    const { digest } = await putImage(origin.host, repository, { tag: '1' })
    const gone = '127.0.0.1:1'
    const change = (mirrors: string[]) =>
      registries.changeSettings({ ...usual(origin.host), mirrors }, false)
    const read = async (reference: string) => {
      const api = await registries.api(origin.host)
      try {
        return (await api.manifest(repository, reference)).digest
      } finally {
        await api.close()
      }
    }
    // Neither the one that is gone nor the one that has no such repository keeps it from being read.
    await change([gone, cache.host])
    expect(await read('1')).toBe(digest)

    const through = await startRegistry(folder, { mirrorOf: origin })
    onTestFinished(() => through.stop())
    await change([gone, through.host])
    expect(await read('1')).toBe(digest)
    await origin.stop()
    expect(await read(digest)).toBe(digest)
    await change([gone])
    await expect(read(digest)).rejects.toMatchObject({
      message: containing(origin.host),
    })
  })
})

describe.each(bed.engines)('what the engine needs for the same, $kind', (engine) => {
  test('is told with file and content', async () => {
    const { api, engineId } = await openOn(engine)
    const { host, caPem } = tls
    expect(await api.registries.engineSetup({ engineId, host })).toEqual({
      byItself: null,
      steps: [],
      afterwards: null,
    })
    await api.registries.changeSettings({
      ...usual(host),
      ca: { kind: 'pem', pem: caPem },
      skipVerify: true,
      confirmed: true,
    })
    const setup = await api.registries.engineSetup({ engineId, host })
    const folder = engine.kind === 'docker' ? '/etc/docker' : '/etc/containers'
    expect(setup.steps[0]).toMatchObject({
      file: `${folder}/certs.d/${host}/ca.crt`,
      content: caPem.trim(),
    })
    const insecure = setup.steps.find(({ file }) => file === '/etc/docker/daemon.json')
    if (engine.kind === 'docker') {
      expect(JSON.parse(insecure?.content ?? '')).toEqual({ 'insecure-registries': [host] })
    } else {
      expect(insecure).toBeUndefined()
      expect(setup.byItself).toContain('with every pull and push')
    }
  })
})

test('Podman pushes and pulls without TLS to and from another machine only where the person chose so', async () => {
  const { client, api, engineId } = await openOn(bed.podman)
  const address = tls.host.replace(/:\d+$/, '')
  const plain = await startRegistry(bed.folder, { address })
  onTestFinished(() => plain.stop())
  const reference = await newImage(bed.podman, `${plain.host}/${newImageName()}`)
  await untilImage(client, engineId, called(reference))
  const push = async () => {
    const { jobId } = await api.images.push({ engineId, references: [reference] })
    return (await endOf(client, jobId)).state
  }
  const pull = async () => {
    const { jobId } = await api.images.pull({ engineId, reference })
    return (await endOf(client, jobId)).state
  }
  expect(await push()).toBe('failed')
  const settings = { ...usual(plain.host), plainHttp: true, confirmed: true }
  await api.registries.changeSettings(settings)
  expect(await push()).toBe('succeeded')
  expect(await pull()).toBe('succeeded')
  await api.registries.changeSettings(usual(plain.host))
  expect(await pull()).toBe('failed')
})
