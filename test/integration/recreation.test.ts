import Docker from 'dockerode'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { buildImage } from '../builtImage'
import { itemsOf, openClient } from '../client'
import { maker, newName } from '../e2e/things'

const MIB = 1024 * 1024
const bed = inject('bed')
const FORTY_SECONDS_NANOS = 40e9

describe.each(bed.engines)('a container of $kind whose image has moved on', (engine) => {
  const { cli } = maker(engine, bed.busybox)
  const docker = new Docker({ socketPath: engine.socket })

  test('is marked while the list is open, and no longer when the name comes back', async () => {
    const image = await makeImage(['MADE=1'])
    const { api, engineId, container, untilContainer } = await open(image.name)
    await image.moveOn(['MADE=2'])
    const marked = await untilContainer(({ newerImageId }) => newerImageId !== null)
    expect(marked.newerImageId).toBe(await imageIdOf(image.name))
    expect(marked.imageId).toBe(image.firstId)
    expect(marked.image).toContain(image.name)
    await api.images.tag({ engineId, id: image.firstId, reference: image.name })
    const again = await untilContainer(({ newerImageId }) => newerImageId === null)
    expect(again.id).toBe(container.Id)
  })

  test('is made again with all that was given to it, its data and its networks', async () => {
    const image = await makeImage(['PATH=/bin', 'DEFAULT=old', 'SAME=old'])
    const networks = await makeNetworks()
    const { api, engineId, container, id, name } = await open(image.name, richSettings(networks))
    await docker
      .getNetwork(networks.second)
      .connect({ Container: id, EndpointConfig: { Aliases: ['beside'] } })
    await cli([
      'exec',
      id,
      'sh',
      '-c',
      'echo 1 >/named/kept; echo 2 >/unnamed/kept; echo 3 >/mnt/kept',
    ])
    const before = await docker.getContainer(id).inspect()
    await image.moveOn(['PATH=/bin', 'DEFAULT=new', 'SAME=new'], ['CMD ["sleep", "2000"]'])

    const plan = await api.containers.recreation({ engineId, id })
    expect(plan).toMatchObject({ running: true, stopSeconds: 1, keptName: `${name}-before-1` })
    expect(plan.changes).toContainEqual({
      field: 'environment',
      name: 'DEFAULT',
      before: 'old',
      after: 'new',
      overridden: false,
    })
    const made = await api.containers.recreate({ engineId, id })
    expect(made.keptId).toBe(id)

    const after = await docker.getContainer(made.id).inspect()
    expect(after.State.Running).toBe(true)
    expect(after.Image).toBe(await imageIdOf(image.name))
    expect(after.Config.Env).toContain('DEFAULT=new')
    expect(after.Config.Env).toContain('OWN=1')
    expect(JSON.stringify(after.Config)).not.toContain(before.Config.Hostname)
    expect(settingsOf(after)).toEqual(settingsOf(before))
    expect(await cli(['exec', made.id, 'cat', '/named/kept', '/unnamed/kept', '/mnt/kept'])).toBe(
      '1\n2\n3',
    )
    expect((await docker.getContainer(id).inspect()).State.Running).toBe(false)
    expect(container.Name).toBe(`/${name}`)
  })

  test('runs again under its name when the new image does not start', async () => {
    const image = await makeImage(['MADE=1'])
    const { api, engineId, id, name, untilContainer } = await open(image.name)
    await image.moveOn(['MADE=2'], ['ENTRYPOINT ["/not/there"]'])
    await expect(api.containers.recreate({ engineId, id })).rejects.toMatchObject({
      message: 'The new container could not be started. Its command does not exist in the image.',
      data: { hint: 'The old container is back under its name and runs.' },
    })
    const old = await docker.getContainer(id).inspect()
    expect(old.Name.replace('/', '')).toBe(name)
    expect(old.State.Running).toBe(true)
    await untilContainer((one) => one.state === 'running' && one.name === name)
    expect(await namesLike(name)).toEqual([name])
  })

  test('goes back to the old one with its data, its name and its policy', async () => {
    const image = await makeImage(['MADE=1'])
    const { api, engineId, id, name, untilContainer } = await open(image.name, {
      Volumes: { '/unnamed': {} },
      HostConfig: { NetworkMode: 'none', RestartPolicy: { Name: 'always' } },
    })
    await image.moveOn(['MADE=2'])
    const plan = await api.containers.recreation({ engineId, id })
    const made = await api.containers.recreate({ engineId, id })
    await cli(['exec', made.id, 'sh', '-c', 'echo later >/unnamed/kept'])
    const policyOf = async (one: string) =>
      (await docker.getContainer(one).inspect()).HostConfig.RestartPolicy?.Name
    // Podman before 5.1 changes no policy: the person is told.
    expect(await policyOf(id)).toBe(plan.keptRestarts ? 'always' : 'unless-stopped')
    expect(plan.keptRestarts).toBe(engine.kind === 'podman')

    await api.containers.undoRecreation({ engineId, id: made.id, keptId: id })
    await untilContainer((one) => one.state === 'running' && one.name === name)
    expect(await policyOf(id)).toBe('always')
    expect(await cli(['exec', id, 'cat', '/unnamed/kept'])).toBe('later')
    expect(await namesLike(name)).toEqual([name])
  })

  test('that does not run is made again without being started, and goes back so', async () => {
    const image = await makeImage(['MADE=1'])
    const { api, engineId, id } = await open(image.name)
    await cli(['stop', id])
    await image.moveOn(['MADE=2'])
    const made = await api.containers.recreate({ engineId, id })
    expect((await docker.getContainer(made.id).inspect()).State.Running).toBe(false)
    await api.containers.undoRecreation({ engineId, id: made.id, keptId: id })
    expect((await docker.getContainer(id).inspect()).State.Running).toBe(false)
  })

  test('is left alone where there would be no way back', async () => {
    const image = await makeImage(['MADE=1'])
    const { api, engineId, id } = await open(image.name, {
      HostConfig: { NetworkMode: 'none', AutoRemove: true },
    })
    expect((await api.containers.recreation({ engineId, id })).obstacle).toBe('auto-remove')
    await expect(api.containers.recreate({ engineId, id })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await docker.getContainer(id).inspect()).State.Running).toBe(true)
  })

  async function namesLike(name: string): Promise<string[]> {
    const all = await docker.listContainers({ all: true })
    return all
      .flatMap(({ Names }) => Names.map((each) => each.replace('/', '')))
      .filter((each) => each.startsWith(name))
  }

  /** An image that is named anew for each test, and can be moved on. */
  async function makeImage(environment: string[]) {
    const name = `localhost/${newName('recreation')}:1`
    const moveOn = async (lines: string[], more: string[] = []) => {
      await buildImage(engine, name, [
        `FROM ${bed.busybox}`,
        ...lines.map((line) => `ENV ${line}`),
        'STOPSIGNAL SIGKILL',
        'CMD ["sleep", "1000"]',
        ...more,
      ])
      return imageIdOf(name)
    }
    return { name, firstId: await moveOn(environment), moveOn }
  }

  async function imageIdOf(name: string): Promise<string> {
    const { Id } = await docker.getImage(name).inspect()
    return Id.startsWith('sha256:') ? Id : `sha256:${Id}`
  }

  async function makeNetworks() {
    const [first, second] = [newName('net'), newName('net')]
    const octet = engine.kind === 'docker' ? 71 : 81
    for (const [index, name] of [first, second].entries()) {
      onTestFinished(async () => {
        await cli(['network', 'rm', name])
      })
      await cli(['network', 'create', '--subnet', `10.231.${octet + index}.0/24`, name])
    }
    return { first, second, address: `10.231.${octet}.77` }
  }

  /** The app beside a container that runs, as a page sees both. */
  async function open(image: string, settings: Docker.ContainerCreateOptions = {}) {
    const name = newName('recreated')
    for (const each of [name, `${name}-before-1`, `${name}-recreating`]) removeLaterIfThere(each)
    const made = await docker.createContainer({
      name,
      Image: image,
      StopTimeout: 1,
      ...settings,
      HostConfig: { ...(!settings.HostConfig && { NetworkMode: 'none' }), ...settings.HostConfig },
    })
    await made.start()
    const client = await openClient({ engine: engine.socket })
    const { api } = client
    const { id: engineId } = await client.engine()
    const untilContainer = async (
      fits: (one: Awaited<ReturnType<typeof listed>>[number]) => boolean,
      id = made.id,
    ) => {
      const all = await itemsOf(api.containers.watch({ engineId }), (some) =>
        some.some((one) => one.id === id && fits(one)),
      )
      const found = all.find((one) => one.id === id)
      if (!found) throw new Error('unreachable')
      return found
    }
    const listed = () => itemsOf(api.containers.watch({ engineId }), (all) => all.length > 0)
    await untilContainer(({ state }) => state === 'running')
    return {
      api,
      engineId,
      id: made.id,
      name,
      container: await made.inspect(),
      untilContainer,
    }
  }

  function removeLaterIfThere(name: string): void {
    onTestFinished(async () => {
      await cli(['rm', '--force', '--volumes', name]).catch(() => undefined)
    })
  }

  function richSettings({ first, address }: { first: string; address: string }) {
    const volume = newName('volume')
    onTestFinished(async () => {
      await cli(['volume', 'rm', '--force', volume])
    })
    return {
      Env: ['OWN=1', 'SAME=old'],
      Labels: { given: 'yes' },
      Volumes: { '/unnamed': {} },
      ExposedPorts: { '8080/tcp': {} },
      Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: FORTY_SECONDS_NANOS },
      User: '0:0',
      MacAddress: '02:11:22:33:44:55',
      WorkingDir: '/tmp',
      HostConfig: {
        Binds: [`${engine.folder}:/host:ro`, `${volume}:/named`],
        Mounts: [{ Type: 'volume', Target: '/mnt', Source: '' }],
        NetworkMode: first,
        PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
        RestartPolicy: { Name: 'always' },
        NanoCpus: 5e8,
        Memory: 64 * MIB,
        PidsLimit: 50,
        CapAdd: ['NET_ADMIN'],
        CapDrop: ['MKNOD'],
        ExtraHosts: ['beyond:192.0.2.1'],
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
        ShmSize: 8 * MIB,
        Tmpfs: { '/scratch': 'size=1m' },
        Devices: [
          { PathOnHost: '/dev/null', PathInContainer: '/dev/nought', CgroupPermissions: 'rwm' },
        ],
      },
      NetworkingConfig: {
        EndpointsConfig: {
          [first]: { Aliases: ['beside'], IPAMConfig: { IPv4Address: address } },
        },
      },
    } satisfies Docker.ContainerCreateOptions
  }
})

/** What has to be the same, without what each container has of its own. */
function settingsOf({
  Id,
  Name,
  Config,
  HostConfig,
  Mounts,
  NetworkSettings,
}: Docker.ContainerInspectInfo) {
  return {
    Name,
    Config: {
      ...Config,
      Hostname: Id.startsWith(Config.Hostname),
      Env: [],
      Cmd: [],
      Volumes: null,
    },
    HostConfig: { ...HostConfig, Binds: [], Mounts: [] },
    Mounts: Mounts.map(({ Type, Name: volume, Destination, RW }) => ({
      Type,
      volume,
      Destination,
      RW,
    })).sort((one, other) => one.Destination.localeCompare(other.Destination)),
    networks: Object.entries(NetworkSettings.Networks).map(([name, network]) => ({
      name,
      aliases: (network.Aliases as string[] | null)?.filter((alias) => !Id.startsWith(alias)),
      address: network.IPAddress,
      mac: network.MacAddress,
    })),
  }
}
