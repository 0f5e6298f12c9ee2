import { createHash, randomUUID } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import type { EngineSettings, EnginesMessage, TlsSettings } from '../../preload/contract/engines'
import {
  engineCli,
  makeBusyboxImage,
  startDocker,
  startPodman,
  type Engine,
  type EngineFacts,
} from '../bed'
import { issueCertificate, makeAuthority, type Certificate } from '../bed/certificates'
import { freePort } from '../bed/network'
import { startTlsFront, type TlsFrontOptions } from '../bed/tlsFront'
import { firstOf, itemsOf, nowhere, openClient } from '../client'
import { openLog } from '../logs'
import { openTerminal } from '../terminal'

const bed = inject('bed')
const WAIT = { timeout: 20_000 }
const busybox = 'localhost/longshore-test/busybox:1'

/** An engine with the port on which it is reached. */
type Served = Engine & { port: number }

let authority: Certificate
let stranger: Certificate
let mine: Certificate
let served: Record<'docker' | 'podman', Served>
/** Podman's own service, which knows no TLS. */
let plainPort: number

const certificateFor = (...addresses: string[]) =>
  issueCertificate(bed.folder, authority, { addresses })

/** A front of the bed's Podman with a certificate that is as told; its port. Closed after the test. */
async function frontOf(options: Partial<TlsFrontOptions>): Promise<number> {
  const certificate = certificateFor('127.0.0.1')
  const front = await startTlsFront(bed.podman, { certificate, ...options })
  onTestFinished(() => front.stop())
  return front.port
}

beforeAll(async () => {
  authority = makeAuthority(bed.folder)
  stranger = makeAuthority(bed.folder)
  mine = issueCertificate(bed.folder, authority, {})
  const certificate = certificateFor('127.0.0.1', 'localhost')
  const port = await freePort()
  plainPort = await freePort()
  const [docker, podman] = await Promise.all([
    startDocker(bed.folder, { port, tlsVerify: { authority, server: certificate } }),
    startPodman(bed.folder, { port: plainPort }),
  ])
  await Promise.all([docker, podman].map((engine) => makeBusyboxImage(engine, busybox)))
  const front = await startTlsFront(podman, { certificate, clientsFrom: authority })
  served = {
    docker: Object.assign(docker, { port }),
    podman: Object.assign(podman, { port: front.port }),
  }
  return async () => {
    await front.stop()
    await Promise.all([docker.stop(), podman.stop()])
  }
})

const trusting = (changes: Partial<TlsSettings> = {}): TlsSettings => ({
  caFile: authority.certificateFile,
  certFile: mine.certificateFile,
  keyFile: mine.keyFile,
  verify: true,
  ...changes,
})

const settingsOf = (port: number, tls: TlsSettings | null, host = '127.0.0.1'): EngineSettings => ({
  name: '',
  address: `tcp://${host}:${port}`,
  tls,
  ssh: null,
})

/** What trying such an address fails of; else what it finds out. */
async function tried(port: number, tls: TlsSettings | null, host?: string) {
  const { api } = await openClient({ engine: null })
  return api.engines.test(settingsOf(port, tls, host))
}

/** The app, to which the engine was added. */
async function added(settings: EngineSettings) {
  const client = await openClient({ engine: null })
  const { engineId } = await client.api.engines.add(settings)
  return { client, api: client.api, engineId }
}

/** A container of that engine that says something and goes on; removed after the test. */
async function speaker(engine: EngineFacts): Promise<string> {
  const name = `tls-${randomUUID().slice(0, 8)}`
  const cli = engineCli(engine)
  onTestFinished(async () => {
    await cli(['rm', '--force', name])
  })
  return cli([
    'run',
    '--detach',
    '--name',
    name,
    busybox,
    'sh',
    '-c',
    'echo heard; exec sleep 1000',
  ])
}

describe.each(['docker', 'podman'] as const)(
  '%s behind TLS that wants to know its clients',
  (kind) => {
    test('is listed, tells events, gives logs and runs programs, by a name and by an address', async () => {
      const engine = served[kind]
      const id = await speaker(engine)
      for (const host of ['127.0.0.1', 'localhost']) {
        const { client, api, engineId } = await added(settingsOf(engine.port, trusting(), host))
        expect(await client.engine()).toMatchObject({ id: engineId, kind, encrypted: true })
        const listed = await itemsOf(api.containers.watch({ engineId }), (all) =>
          all.some((container) => container.id === id),
        )
        expect(listed.find((container) => container.id === id)).toMatchObject({ state: 'running' })
        const log = await openLog(api, { engineId, ids: [id] })
        await expect.poll(() => log.lines.map(({ text }) => text), WAIT).toContain('heard')
        const shell = await openTerminal(api, engineId, id, { kind: 'exec' })
        await shell.type('echo $((6 * 7))\n')
        await shell.until(/\b42\b/)
        const events = itemsOf(api.containers.watch({ engineId }), (all) =>
          all.some((container) => container.id === id && container.state === 'paused'),
        )
        await engineCli(engine)(['pause', id])
        await events
        await engineCli(engine)(['unpause', id])
      }
    })

    test('without a client certificate: unauthorized, and what to ask for', async () => {
      const tls = trusting({ certFile: null, keyFile: null })
      await expect(tried(served[kind].port, tls)).rejects.toMatchObject({
        code: 'unauthorized',
        data: { hint: expect.stringMatching(/cert\.pem/) as string },
      })
    })

    test('a certificate that nobody trusted vouches for is not believed', async () => {
      const tls = trusting({ caFile: stranger.certificateFile })
      await expect(tried(served[kind].port, tls)).rejects.toMatchObject({
        code: 'untrusted-host',
        data: { hint: expect.stringMatching(/the one given did not/) as string },
      })
      await expect(tried(served[kind].port, trusting({ caFile: null }))).rejects.toMatchObject({
        code: 'untrusted-host',
        data: { hint: expect.stringMatching(/ca\.pem/) as string },
      })
      // Only by a person's own choice.
      const unverified = trusting({ caFile: null, verify: false })
      expect(await tried(served[kind].port, unverified)).toMatchObject({ kind })
    })

    test('files that are renewed count from the next connection on', async () => {
      const caFile = join(bed.folder, `ca-${randomUUID()}.pem`)
      copyFileSync(stranger.certificateFile, caFile)
      const { client, api, engineId } = await added(
        settingsOf(served[kind].port, trusting({ caFile })),
      )
      await client.engine(({ problem }) => problem?.code === 'untrusted-host')
      copyFileSync(authority.certificateFile, caFile)
      await api.engines.reconnect({ engineId })
      await client.engine(({ state }) => state === 'connected')
    })
  },
)

describe('dockerd --tlsverify', () => {
  /** The files as docker wants them named, in a folder of a home. */
  function certPath(home: string, folder: string): string {
    const path = join(home, folder)
    mkdirSync(path, { recursive: true })
    copyFileSync(authority.certificateFile, join(path, 'ca.pem'))
    copyFileSync(mine.certificateFile, join(path, 'cert.pem'))
    copyFileSync(mine.keyFile, join(path, 'key.pem'))
    return path
  }

  const newHome = () => mkdtempSync(join(bed.folder, 'home-'))
  const address = () => `tcp://127.0.0.1:${served.docker.port}`

  test('is found by DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH', async () => {
    const home = newHome()
    const surroundings = nowhere(home, {
      DOCKER_HOST: address(),
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: certPath(home, 'certificates'),
    })
    const client = await openClient({ engine: null, surroundings })
    expect(await client.engine()).toMatchObject({ foundBy: 'DOCKER_HOST', encrypted: true })
    // The same TLS counts for an address on the command line, as for `docker --host`.
    const asked = await openClient({ engine: address(), surroundings })
    expect(await asked.engine()).toMatchObject({ foundBy: '--engine', encrypted: true })
  })

  test('is found by the current docker context; by another one it is offered, and added by that', async () => {
    const home = newHome()
    const digest = createHash('sha256').update('ship').digest('hex')
    certPath(home, `.docker/contexts/tls/${digest}/docker`)
    mkdirSync(join(home, '.docker/contexts/meta', digest), { recursive: true })
    writeFileSync(
      join(home, '.docker/contexts/meta', digest, 'meta.json'),
      JSON.stringify({ Name: 'ship', Metadata: {}, Endpoints: { docker: { Host: address() } } }),
    )
    const current = await openClient({
      engine: null,
      surroundings: nowhere(home, { DOCKER_CONTEXT: 'ship' }),
    })
    expect(await current.engine()).toMatchObject({ foundBy: 'docker context "ship"' })
    const client = await openClient({ engine: null, surroundings: nowhere(home) })
    const { api } = client
    const told = (fits: (message: EnginesMessage) => boolean) => firstOf(api.engines.watch(), fits)
    const { engines, offers } = await told(({ searching }) => !searching)
    expect(engines).toEqual([])
    expect(offers).toMatchObject([{ foundBy: 'docker context "ship"', address: address() }])
    const [offer] = offers
    if (!offer) throw new Error('unreachable')
    const { engineId } = await api.engines.add(offer)
    expect(await client.engine()).toMatchObject({ id: engineId, name: 'ship', encrypted: true })
    await told((message) => message.offers.length === 0)
    await api.engines.remove({ engineId })
    await told((message) => message.offers.length === 1)
  })

  test('with a client certificate of a stranger: refused in words', async () => {
    const { certificateFile, keyFile } = issueCertificate(bed.folder, stranger, {})
    const tls = trusting({ certFile: certificateFile, keyFile })
    await expect(tried(served.docker.port, tls)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The engine refused the client certificate.',
    })
  })

  test('plain HTTP spoken to it says that it may want TLS', async () => {
    await expect(tried(served.docker.port, null)).rejects.toMatchObject({
      data: { hint: expect.stringMatching(/turn TLS on/) as string },
    })
  })
})

describe('a certificate of an engine', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is believed by %s', async (version) => {
    const port = await frontOf({ minVersion: version, maxVersion: version })
    expect(await tried(port, trusting())).toMatchObject({ kind: 'podman' })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'and none of ours is missed by %s',
    async (version) => {
      const port = await frontOf({
        clientsFrom: authority,
        minVersion: version,
        maxVersion: version,
      })
      const tls = trusting({ certFile: null, keyFile: null })
      await expect(tried(port, tls)).rejects.toMatchObject({ code: 'unauthorized' })
    },
  )

  test('for another name is not believed, and the sentence tells the name', async () => {
    const port = await frontOf({ certificate: certificateFor('elsewhere.example') })
    await expect(tried(port, trusting())).rejects.toMatchObject({
      code: 'untrusted-host',
      message: 'The engine\'s certificate is not for "127.0.0.1", but for DNS:elsewhere.example.',
    })
    expect(await tried(port, trusting({ verify: false }))).toMatchObject({ kind: 'podman' })
  })

  test('that has expired is not believed, and the clock is named', async () => {
    const certificate = issueCertificate(bed.folder, authority, {
      addresses: ['127.0.0.1'],
      expired: true,
    })
    const port = await frontOf({ certificate })
    await expect(tried(port, trusting())).rejects.toMatchObject({
      code: 'untrusted-host',
      message: "The engine's certificate has expired.",
      data: { hint: expect.stringMatching(/clock/) as string },
    })
  })
})

describe('files of TLS', () => {
  const file = (content: string) => {
    const path = join(bed.folder, `${randomUUID()}.pem`)
    writeFileSync(path, content)
    return path
  }

  test.each(['certFile', 'keyFile'] as const)(
    'a pair without its %s is no pair',
    async (missing) => {
      await expect(tried(1, trusting({ [missing]: null }))).rejects.toMatchObject({
        code: 'invalid-input',
        data: { hint: 'Give both files, or neither.' },
      })
    },
  )

  test.each(['caFile', 'certFile', 'keyFile'] as const)(
    'a %s that is missing, or is something else, is named',
    async (which) => {
      const absent = join(bed.folder, 'absent.pem')
      await expect(tried(1, trusting({ [which]: absent }))).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(`is not there: ${absent}.`) as string,
      })
      for (const other of [file('nothing of that kind'), bed.folder]) {
        await expect(tried(1, trusting({ [which]: other }))).rejects.toMatchObject({
          code: 'invalid-input',
          message: expect.stringContaining(`${other} is no`) as string,
        })
      }
    },
  )

  test('a key of another certificate, or behind a passphrase, is refused in words', async () => {
    const keyFile = issueCertificate(bed.folder, authority, {}).keyFile
    await expect(tried(1, trusting({ keyFile }))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/does not belong to/) as string,
    })
    const locked = file('')
    execFileSync('openssl', [
      ...['pkey', '-in', mine.keyFile, '-out', locked, '-aes256', '-passout', 'pass:secret'],
    ])
    await expect(tried(1, trusting({ keyFile: locked }))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/locked by a passphrase/) as string,
    })
  })
})

describe('tcp without TLS', () => {
  test('a host that no name server knows is not taken for an engine that is off', async () => {
    await expect(tried(2375, null, 'engine.invalid')).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: "The engine's host cannot be reached.",
    })
  })

  test("Podman's own service is connected to, and said to be readable by everybody", async () => {
    const { client } = await added(settingsOf(plainPort, null))
    expect(await client.engine()).toMatchObject({ kind: 'podman', encrypted: false })
  })

  test('TLS spoken to it says to turn TLS off', async () => {
    await expect(tried(plainPort, trusting())).rejects.toMatchObject({
      code: 'engine-error',
      message: 'What answers there does not speak TLS.',
    })
  })
})
