import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Surroundings } from '../../../main/engines/places'
import { findPlaces } from '../../../main/engines/places/findPlaces'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'longshore-places-'))
  return () => rm(home, { recursive: true })
})

/** A machine whose own folders are below `home/system`. */
const find = (changes: Partial<Surroundings> = {}) =>
  findPlaces({
    platform: 'linux',
    env: {},
    home,
    uid: 1000,
    root: join(home, 'system'),
    ...changes,
  })

const addressesOf = async (changes: Partial<Surroundings> = {}) =>
  (await find(changes)).tried.map(({ address }) => address)

/** The names and addresses of what is offered. */
const offersOf = async (changes: Partial<Surroundings> = {}) =>
  (await find(changes)).offers.map(({ foundBy, address }) => [foundBy, address])

const write = async (path: string, content: unknown) => {
  const file = join(home, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const digestOf = (name: string) => createHash('sha256').update(name).digest('hex')

const writeContext = (name: string, docker: object, digest = digestOf(name)) =>
  write(`.docker/contexts/meta/${digest}/meta.json`, {
    Name: name,
    Metadata: {},
    Endpoints: { docker },
  })

const choose = (currentContext: string) => write('.docker/config.json', { currentContext })

describe('the usual places', () => {
  test('Linux: Docker system, rootless, Desktop, Colima, Rancher, OrbStack; Podman system, rootless, machine', async () => {
    const at = (path: string) => join(home, path)
    expect(await addressesOf()).toEqual([
      at('system/var/run/docker.sock'),
      at('system/run/user/1000/docker.sock'),
      at('.docker/desktop/docker.sock'),
      at('.docker/run/docker.sock'),
      at('.colima/default/docker.sock'),
      at('.config/colima/default/docker.sock'),
      at('.rd/docker.sock'),
      at('.orbstack/run/docker.sock'),
      at('system/run/podman/podman.sock'),
      at('system/run/user/1000/podman/podman.sock'),
      at('.local/share/containers/podman/machine/podman.sock'),
      at('system/run/user/1000/podman/podman-machine-default-api.sock'),
    ])
  })

  test('macOS: the sockets in the home folder, each profile of Colima, and the machine in TMPDIR', async () => {
    await write('.colima/work/colima.yaml', '')
    await write('.colima/_lima/x', '')
    const TMPDIR = '/var/folders/x/T/'
    const { tried } = await find({ platform: 'darwin', uid: 501, env: { TMPDIR } })
    const found = tried.map(({ foundBy, address }) => [foundBy, address])
    expect(found).toContainEqual(['Docker Desktop', join(home, '.docker/run/docker.sock')])
    expect(found).toContainEqual(['OrbStack', join(home, '.orbstack/run/docker.sock')])
    expect(found).toContainEqual(['Rancher Desktop', join(home, '.rd/docker.sock')])
    expect(found).toContainEqual(['Colima', join(home, '.colima/default/docker.sock')])
    expect(found).toContainEqual(['Colima, profile work', join(home, '.colima/work/docker.sock')])
    expect(found).toContainEqual([
      'Podman machine',
      '/var/folders/x/T/podman/podman-machine-default-api.sock',
    ])
    const text = JSON.stringify(found)
    expect(text).not.toContain('_lima')
    expect(text).not.toContain('run/podman/podman.sock"')
  })

  test('Windows: the named pipes of Docker and of every machine of Podman', async () => {
    await write('Roaming/containers/podman-connections.json', {
      Connection: {
        Default: 'work-root',
        Connections: {
          work: {
            URI: 'ssh://user@127.0.0.1:55819/run/user/1000/podman/podman.sock',
            IsMachine: true,
          },
          'work-root': {
            URI: 'ssh://root@127.0.0.1:55819/run/podman/podman.sock',
            IsMachine: true,
          },
        },
      },
    })
    const env = { APPDATA: join(home, 'Roaming') }
    expect(await addressesOf({ platform: 'win32', uid: null, env })).toEqual([
      'npipe:////./pipe/dockerDesktopLinuxEngine',
      'npipe:////./pipe/docker_engine',
      'npipe:////./pipe/work',
      'npipe:////./pipe/podman-machine-default',
    ])
    // The SSH way into a machine that has a pipe is no other engine.
    expect(await offersOf({ platform: 'win32', uid: null, env })).toEqual([])
  })
})

test('relative folders of XDG are as if they were not set', async () => {
  const env = { XDG_RUNTIME_DIR: 'run', XDG_CONFIG_HOME: 'config' }
  expect(await addressesOf({ env })).toEqual(await addressesOf())
})

describe("docker's environment", () => {
  const hostOf = async (env: Surroundings['env']) => (await find({ env })).tried[0]

  test('DOCKER_HOST comes before the docker context, which comes before the usual places', async () => {
    await writeContext('colima', { Host: 'unix:///somewhere/docker.sock' })
    await choose('colima')
    const { tried } = await find({ env: { DOCKER_HOST: 'tcp://10.0.0.1:2375' } })
    expect(tried.slice(0, 3)).toMatchObject([
      { foundBy: 'DOCKER_HOST', address: 'tcp://10.0.0.1:2375', tls: null, asked: true },
      { foundBy: 'docker context "colima"', address: 'unix:///somewhere/docker.sock', asked: true },
      { foundBy: 'Docker, system', asked: false },
    ])
  })

  test.each([
    [{ DOCKER_HOST: 'tcp://ship' }, 'tcp://ship:2375'],
    [{ DOCKER_HOST: 'ship:2400' }, 'tcp://ship:2400'],
    [{ DOCKER_HOST: 'tcp://[::1]' }, 'tcp://[::1]:2375'],
    [{ DOCKER_HOST: 'tcp://ship', DOCKER_TLS: '1' }, 'tcp://ship:2376'],
    [{ DOCKER_HOST: 'ssh://ann@ship' }, 'ssh://ann@ship'],
    [{ DOCKER_HOST: 'npipe:////./pipe/docker_engine' }, 'npipe:////./pipe/docker_engine'],
  ])('%j is %s, as docker reads it', async (env, address) => {
    expect(await hostOf(env)).toMatchObject({ foundBy: 'DOCKER_HOST', address })
  })

  test('DOCKER_TLS_VERIFY verifies by the files of DOCKER_CERT_PATH, whatever its value is', async () => {
    const folder = join(home, 'certificates')
    for (const name of ['cert.pem', 'key.pem']) await write(`certificates/${name}`, '')
    const env = { DOCKER_HOST: 'tcp://ship', DOCKER_TLS_VERIFY: '0', DOCKER_CERT_PATH: folder }
    const files = {
      certFile: join(folder, 'cert.pem'),
      keyFile: join(folder, 'key.pem'),
    }
    // Named although it is not there: the connection then fails in words that name it, and is not made without.
    expect(await hostOf(env)).toMatchObject({
      tls: { caFile: join(folder, 'ca.pem'), ...files, verify: true },
    })
    const unverified = { ...env, DOCKER_TLS_VERIFY: undefined, DOCKER_TLS: '1' }
    expect(await hostOf(unverified)).toMatchObject({
      tls: { caFile: null, ...files, verify: false },
    })
  })

  test("without DOCKER_CERT_PATH the files are docker's own, and a client certificate may be missing", async () => {
    const env = { DOCKER_HOST: 'tcp://ship', DOCKER_TLS_VERIFY: '1' }
    expect(await hostOf(env)).toMatchObject({
      tls: { caFile: join(home, '.docker/ca.pem'), certFile: null, keyFile: null, verify: true },
    })
  })
})

describe('docker contexts', () => {
  test('DOCKER_CONTEXT beats the configured one; of the others, this machine’s are tried too', async () => {
    await writeContext('one', { Host: 'unix:///one.sock' })
    await writeContext('two', { Host: 'unix:///two.sock' })
    await choose('one')
    const askedOf = async (env: Surroundings['env']) =>
      (await find({ env })).tried
        .filter(({ address }) => /(one|two)\.sock/.test(address))
        .map(({ address, asked }) => [address, asked])
    expect(await askedOf({})).toEqual([
      ['unix:///one.sock', true],
      ['unix:///two.sock', false],
    ])
    expect(await askedOf({ DOCKER_CONTEXT: 'two' })).toEqual([
      ['unix:///two.sock', true],
      ['unix:///one.sock', false],
    ])
  })

  test('are of the home folder where DOCKER_CONFIG is empty, as for the docker command', async () => {
    await writeContext('one', { Host: 'unix:///one.sock' })
    await choose('one')
    const { tried } = await find({ env: { DOCKER_CONFIG: '' } })
    expect(tried[0]).toMatchObject({ address: 'unix:///one.sock', asked: true })
    const elsewhere = await addressesOf({ env: { DOCKER_CONFIG: join(home, 'none') } })
    expect(elsewhere).not.toContain('unix:///one.sock')
  })

  test('those of other hosts are offered and not tried, unless one is the current one', async () => {
    await writeContext('ship', { Host: 'tcp://ship:2376' })
    await writeContext('pier', { Host: 'ssh://ann@pier' })
    expect(await addressesOf()).not.toContain('tcp://ship:2376')
    expect((await offersOf()).sort()).toEqual([
      ['docker context "pier"', 'ssh://ann@pier'],
      ['docker context "ship"', 'tcp://ship:2376'],
    ])
    await choose('pier')
    expect((await find()).tried[0]).toMatchObject({ address: 'ssh://ann@pier', asked: true })
    expect(await offersOf()).toEqual([['docker context "ship"', 'tcp://ship:2376']])
  })

  test('two names of one address are one offer', async () => {
    await writeContext('ship', { Host: 'tcp://ship:2376' })
    await writeContext('boat', { Host: 'tcp://ship:2376' })
    expect(await offersOf()).toHaveLength(1)
  })

  test('TLS comes with its files, and unverified only where the context says so', async () => {
    await writeContext('ship', { Host: 'tcp://ship' })
    await writeContext('raft', { Host: 'tcp://raft:1', SkipTLSVerify: true })
    await writeContext('hulk', { Host: 'tcp://hulk:2375', SkipTLSVerify: false })
    const folder = `.docker/contexts/tls/${digestOf('ship')}/docker`
    const [caFile, certFile, keyFile] = await Promise.all(
      ['ca', 'cert', 'key'].map((name) => write(`${folder}/${name}.pem`, '')),
    )
    const { offers } = await find()
    const offer = (name: string) => offers.find((one) => one.name === name)
    expect(offer('ship')).toMatchObject({
      address: 'tcp://ship:2376',
      tls: { caFile, certFile, keyFile, verify: true },
    })
    const none = { caFile: null, certFile: null, keyFile: null }
    expect(offer('raft')).toMatchObject({ tls: { ...none, verify: false } })
    expect(offer('hulk')).toMatchObject({ tls: null })
  })

  test.each(['', '{', '[]', '{"currentContext": 5}', '{"currentContext":"gone"}'])(
    'a config.json of %j changes nothing',
    async (text) => {
      const before = await addressesOf()
      await write('.docker/config.json', text)
      expect(await addressesOf()).toEqual(before)
    },
  )

  test('broken and hostile ones are left out, and the others count', async () => {
    const { tried } = await find()
    const meta = '.docker/contexts/meta'
    await write(`${meta}/aaaa/meta.json`, '{')
    await write(`${meta}/bbbb`, 'a file where a folder should be')
    await write(`${meta}/${digestOf('null')}/meta.json`, 'null')
    await writeContext('elsewhere', { Host: 'tcp://elsewhere:1' }, digestOf('another'))
    await writeContext('../../evil', { Host: 'tcp://evil:1' })
    await writeContext('a"\u001b[31m', { Host: 'tcp://evil:2' })
    await writeContext('secret', { Host: 'ssh://ann:password@host' })
    await writeContext('option', { Host: 'ssh://-oProxyCommand=x' })
    await writeContext('kubernetes', { Host: '' })
    await writeContext('number', { Host: 5 })
    await writeContext('good', { Host: 'tcp://good:1' })
    expect(await find()).toMatchObject({ tried, offers: [{ name: 'good' }] })
  })
})

describe('podman connections', () => {
  const ssh = (identityFile: string) => ({ identityFile, jump: null })

  test("Podman 5's file: other hosts are offered with their keys, sockets of this machine are tried", async () => {
    await write('.config/containers/podman-connections.json', {
      Connection: {
        Default: 'ship',
        Connections: {
          ship: {
            URI: 'ssh://core@ship:22/run/user/1000/podman/podman.sock',
            Identity: '/home/ann/.ssh/ship',
          },
          near: { URI: 'unix:///srv/podman.sock' },
          plain: { URI: 'tcp://plain:8080' },
          broken: { Identity: 5 },
        },
      },
      Farm: {},
    })
    const { tried, offers } = await find()
    expect(tried.at(-1)).toMatchObject({
      foundBy: 'podman connection "near"',
      address: 'unix:///srv/podman.sock',
      asked: false,
    })
    expect(offers).toEqual([
      {
        foundBy: 'podman connection "ship"',
        name: 'ship',
        address: 'ssh://core@ship:22/run/user/1000/podman/podman.sock',
        tls: null,
        ssh: ssh('/home/ann/.ssh/ship'),
      },
      {
        foundBy: 'podman connection "plain"',
        name: 'plain',
        address: 'tcp://plain:8080',
        tls: null,
        ssh: null,
      },
    ])
  })

  test("Podman 4's containers.conf: the administrator's, then drop-ins, then the user's, which wins", async () => {
    const conf = (name: string, uri: string) =>
      `[engine]\n[engine.service_destinations]\n[engine.service_destinations.${name}]\nuri = "${uri}"\nidentity = "/keys/${name}"\n`
    await write('system/etc/containers/containers.conf', conf('ship', 'ssh://root@old'))
    await write('system/etc/containers/containers.conf.d/10.conf', conf('pier', 'ssh://root@pier'))
    await write('system/etc/containers/containers.conf.d/README', 'not TOML {')
    await write('.config/containers/containers.conf', conf('ship', 'ssh://root@new'))
    expect((await find()).offers).toMatchObject([
      { name: 'ship', address: 'ssh://root@new', ssh: ssh('/keys/ship') },
      { name: 'pier', address: 'ssh://root@pier', ssh: ssh('/keys/pier') },
    ])
    const replaced = await write('other.conf', conf('buoy', 'ssh://root@buoy'))
    expect(await offersOf({ env: { CONTAINERS_CONF: replaced } })).toEqual([
      ['podman connection "buoy"', 'ssh://root@buoy'],
    ])
  })

  test.each(['', 'engine = 5', '[engine', '[engine]\nservice_destinations = "no"'])(
    'a containers.conf of %j changes nothing',
    async (text) => {
      const before = await find()
      await write('.config/containers/containers.conf', text)
      expect(await find()).toEqual(before)
    },
  )

  test("a machine's sockets are tried by its name; the way into it by SSH is not offered beside them", async () => {
    await write(
      '.config/containers/containers.conf',
      `[engine]
active_service = "podman-machine-work"
[engine.service_destinations.podman-machine-work]
uri = "ssh://core@localhost:44001/run/user/1000/podman/podman.sock"
identity = "/home/ann/.ssh/podman-machine-work"
[engine.service_destinations.podman-machine-work-root]
uri = "ssh://root@localhost:44001/run/podman/podman.sock"
[engine.service_destinations.sea]
uri = "ssh://core@localhost:44002/run/user/1000/podman/podman.sock"
is_machine = true
`,
    )
    const folder = join(home, 'system/run/user/1000/podman')
    expect((await addressesOf()).slice(-3)).toEqual([
      join(folder, 'podman-machine-work-api.sock'),
      join(folder, 'podman-machine-default-api.sock'),
      join(folder, 'sea-api.sock'),
    ])
    expect(await offersOf()).toEqual([])
  })

  test('CONTAINER_HOST is asked for with the key of CONTAINER_SSHKEY, CONTAINER_CONNECTION by its name', async () => {
    await write('.config/containers/podman-connections.json', {
      Connection: { Connections: { ship: { URI: 'ssh://core@ship', Identity: '/keys/ship' } } },
    })
    const env = {
      CONTAINER_HOST: 'ssh://root@pier/run/podman/podman.sock',
      CONTAINER_SSHKEY: '/keys/pier',
      CONTAINER_CONNECTION: 'ship',
    }
    const { tried, offers } = await find({ env })
    expect(tried.slice(0, 2)).toMatchObject([
      {
        foundBy: 'CONTAINER_HOST',
        address: env.CONTAINER_HOST,
        ssh: ssh('/keys/pier'),
        asked: true,
      },
      { foundBy: 'podman connection "ship"', ssh: ssh('/keys/ship'), asked: true },
    ])
    expect(offers).toEqual([])
  })
})
