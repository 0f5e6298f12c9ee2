import { describe, expect, test } from 'vitest'
import type { CapabilityName, Isolation, NamespaceKind } from '../../../preload/contract/isolation'
import { isHere, readIsolation, type ContainerToRead } from '../../../main/isolation/readIsolation'
import { unpackTree, type Tree } from './tree'

const dockerId = '25a24ca813341cc68c3c2be245376ac9ff1b804bf468140fa3027c1021c59279'
const podmanId = 'e90e34656806f4e6d7d0f9c9b6a5a4938271605f4e3d2c1b0a9f8e7d6c5b4a39'

const docker = (changes: Partial<ContainerToRead> = {}): ContainerToRead => ({
  id: dockerId,
  pid: 11896,
  privileged: false,
  hostConfig: {},
  neighbours: [],
  usualCapabilities: ['CAP_CHOWN', 'CAP_NET_RAW'],
  ...changes,
})
const podman = (changes: Partial<ContainerToRead> = {}): ContainerToRead => ({
  ...docker(),
  id: podmanId,
  pid: 4711,
  ...changes,
})

const sharing = ({ namespaces }: Isolation): Record<NamespaceKind, string> => {
  const words = namespaces.map(({ kind, sharing, with: others }) => [
    kind,
    [sharing, ...others.map(({ name }) => name)].join(' '),
  ])
  return Object.fromEntries(words) as Record<NamespaceKind, string>
}
/** Without the files they were read from; `ancestor` where there is one. */
const limitsOf = ({ cgroup }: Isolation) =>
  (cgroup?.limits ?? []).map((limit) => {
    const shown = Object.entries(limit).filter(
      ([key, value]) => key !== 'file' && key !== 'raw' && !(key === 'ancestor' && value === null),
    )
    return Object.fromEntries(shown)
  })
const namesOf = ({ capabilities }: Isolation, has: 'effective' | 'bounding'): CapabilityName[] =>
  (capabilities ?? []).filter((each) => each[has]).map(({ name }) => name)

describe('Docker on a hybrid machine', () => {
  const read = (changes?: Partial<ContainerToRead>, prepare: (tree: Tree) => void = () => {}) => {
    const tree = unpackTree('docker-v1-hybrid')
    prepare(tree)
    return readIsolation(docker(changes), tree, 5)
  }

  test('has six namespaces of its own, and the machine’s users and cgroups', async () => {
    const isolation = await read()
    expect(sharing(isolation)).toEqual({
      pid: 'own',
      mnt: 'own',
      net: 'own',
      uts: 'own',
      ipc: 'own',
      user: 'host',
      cgroup: 'host',
    })
    expect(isolation.namespaces[0]).toMatchObject({ kind: 'pid', inode: 4026532186 })
    expect(isolation).toMatchObject({ hostNamespacesOf: 'longshore', namespacesFrom: 'kernel' })
    expect(isolation.unreadable).toEqual([])
  })

  test('keeps its limits in the files of each controller', async () => {
    const isolation = await read()
    expect(isolation.cgroup).toMatchObject({ version: 'hybrid', driver: 'cgroupfs' })
    expect(isolation.cgroup?.places).toContainEqual({
      version: 1,
      controllers: ['memory'],
      path: `/docker/${dockerId}`,
      folder: expect.stringContaining(`/sys/fs/cgroup/memory/docker/${dockerId}`) as string,
    })
    const limits = limitsOf(isolation)
    for (const limit of [
      { kind: 'cpu-quota', quotaMicros: 50_000, periodMicros: 100_000, set: true },
      { kind: 'cpu-weight', weight: 512, usual: 1_024, set: true },
      { kind: 'cpus', list: '0-1', set: false },
      { kind: 'memory-max', bytes: 64 * 1024 ** 2, set: true },
      { kind: 'memory-and-swap-max', bytes: 128 * 1024 ** 2, set: true },
      { kind: 'memory-reservation', bytes: null, set: false },
      { kind: 'swappiness', level: 60, set: false },
      { kind: 'oom-kill', mode: 'one', set: false },
      { kind: 'processes', count: 50, set: true },
      { kind: 'io-weight', weight: 100, usual: 100, set: false },
    ]) {
      expect(limits).toContainEqual(limit)
    }
    const devices = limits.find((limit) => limit['kind'] === 'devices')
    expect(devices).toMatchObject({ set: true })
    expect(devices).toHaveProperty('rules', expect.arrayContaining(['c 1:3 rwm']))
  })

  test('may gain the usual capabilities, but has none as another user than root', async () => {
    const isolation = await read()
    expect(namesOf(isolation, 'effective')).toEqual([])
    expect(namesOf(isolation, 'bounding')).toHaveLength(14)
    expect(isolation.capabilities?.find(({ name }) => name === 'CAP_NET_RAW')).toMatchObject({
      bounding: true,
      usual: true,
    })
  })

  test('is confined by seccomp and by mounts over what is dangerous', async () => {
    expect((await read()).security).toMatchObject({
      seccomp: 'filter',
      seccompFilters: 1,
      noNewPrivileges: false,
      label: null,
      rootReadOnly: false,
      maskedPaths: ['/proc/acpi', '/proc/keys', '/proc/timer_list', '/sys/firmware'],
      readOnlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/sys'],
    })
  })

  test('has processes with an id on each side', async () => {
    const { processes, moreProcesses } = await read()
    expect(processes).toMatchObject([
      { hostPid: 11896, containerPid: 1, parentHostPid: 11874, command: 'sleep 2000' },
      { hostPid: 11922, containerPid: 7, parentHostPid: 11896, command: 'sleep 1000' },
    ])
    expect(processes[0]).toMatchObject({
      user: { outside: 1000, inside: 1000 },
      residentBytes: 1384 * 1024,
      threads: 1,
    })
    expect(moreProcesses).toBe(0)
  })

  test('is told by the engine where the kernel shows namespaces to their owner only', async () => {
    const other = { id: 'f'.repeat(64), name: 'gateway', pid: 1 }
    const isolation = await read(
      {
        hostConfig: { NetworkMode: `container:${other.id}`, PidMode: 'host', CgroupnsMode: '' },
        neighbours: [other],
      },
      (tree) => tree.remove('proc/11896/ns'),
    )
    expect(isolation).toMatchObject({ namespacesFrom: 'engine', hostNamespacesOf: null })
    expect(sharing(isolation)).toEqual({
      pid: 'host',
      mnt: 'own',
      net: 'container gateway',
      uts: 'own',
      ipc: 'own',
      user: 'host',
      cgroup: 'unknown',
    })
    expect(isolation.unreadable).toMatchObject([{ part: 'namespaces', reason: 'missing' }])
    expect(isolation.processes).toHaveLength(2)
  })

  test('that ends while it is read gives what there was, and says what there was not', async () => {
    const isolation = await read({}, (tree) => tree.remove('proc/11896'))
    expect(isolation).toMatchObject({
      cgroup: null,
      capabilities: null,
      security: null,
      userMapping: null,
    })
    const parts = isolation.unreadable.map(({ part }) => part)
    expect(parts.sort()).toEqual(['cgroup', 'namespaces', 'status', 'users'])
  })
})

describe('rootless Podman on cgroup v2', () => {
  const read = (changes?: Partial<ContainerToRead>) =>
    readIsolation(podman(changes), unpackTree('podman-v2-rootless'), 5)

  test('maps root to the person, and its other users to ids of nobody', async () => {
    const { userMapping, processes } = await read()
    expect(userMapping).toMatchObject({
      identity: false,
      users: [
        { inside: 0, outside: 1000, count: 1 },
        { inside: 1, outside: 100_000, count: 65_536 },
      ],
      user: { inside: 0, outside: 1000 },
    })
    expect(processes.map(({ user }) => user.inside)).toEqual([0, 101, 0, null])
  })

  test('shares its users and its network with its neighbour', async () => {
    const proxy = { id: 'b'.repeat(64), name: 'proxy', pid: 4811 }
    // Its process ended, and the kernel gave the id to one of proxy's.
    const ended = { id: 'c'.repeat(64), name: 'ended', pid: 4811 }
    const isolation = await read({ neighbours: [ended, proxy] })
    expect(sharing(isolation)).toEqual({
      pid: 'own',
      mnt: 'own',
      net: 'container proxy',
      uts: 'own',
      ipc: 'own',
      user: 'container proxy',
      cgroup: 'own',
    })
    expect(isolation.hostNamespacesOf).toBe('process-1')
  })

  test('has the limits of its scope, and of the slices above it', async () => {
    const isolation = await read()
    const place = isolation.cgroup?.places[0]?.path ?? ''
    expect(isolation.cgroup).toMatchObject({ version: 'v2', driver: 'systemd' })
    expect(place).toMatch(/libpod-[0-9a-f]+\.scope$/)
    const slice = '/user.slice/user-1000.slice'
    const device = { kind: 'io-rate', device: '8:0', deviceName: 'sda', set: true }
    expect(limitsOf(isolation)).toEqual([
      { kind: 'cpu-quota', quotaMicros: 150_000, periodMicros: 100_000, set: true },
      { kind: 'cpu-weight', weight: 100, usual: 100, set: false },
      { kind: 'cpus', list: '0-3', set: true },
      { kind: 'memory-nodes', list: '0', set: false },
      { kind: 'memory-max', bytes: 512 * 1024 ** 2, set: true },
      { kind: 'memory-high', bytes: null, set: false },
      { kind: 'memory-low', bytes: 128 * 1024 ** 2, set: true },
      { kind: 'memory-min', bytes: 0, set: false },
      { kind: 'swap-max', bytes: 0, set: true },
      { kind: 'oom-kill', mode: 'group', set: true },
      { kind: 'processes', count: 2_048, set: true },
      { kind: 'io-weight', weight: 50, usual: 100, set: true },
      { ...device, direction: 'read', unit: 'bytes', perSecond: 2_097_152 },
      { ...device, direction: 'write', unit: 'operations', perSecond: 120 },
      { kind: 'huge-pages', pageSize: '1GB', bytes: 1024 ** 3, set: true },
      { kind: 'huge-pages', pageSize: '2MB', bytes: null, set: false },
      {
        kind: 'memory-high',
        bytes: 4 * 1024 ** 3,
        set: true,
        ancestor: `${slice}/user@1000.service/user.slice`,
      },
      { kind: 'processes', count: 10_813, set: true, ancestor: slice },
    ])
  })

  test('counts a process as the container does, also one of a container in it', async () => {
    const { processes } = await read()
    expect(processes.map(({ hostPid, containerPid }) => [hostPid, containerPid])).toEqual([
      [4711, 1],
      [4720, 8],
      [4730, 15],
      // Entered its cgroup, but not its PID namespace.
      [4740, null],
    ])
    expect(processes.map(({ command }) => command)).toEqual([
      'nginx: master',
      '[nginx (w) x]',
      'sh -c echo "a b"',
      'nsenter',
    ])
    expect(processes[0]?.cpuMillis).toBe(420)
  })

  test('is confined by SELinux and a root that is read only', async () => {
    expect((await read()).security).toMatchObject({
      noNewPrivileges: true,
      label: { module: 'selinux', text: 'system_u:system_r:container_t:s0:c12,c34' },
      rootReadOnly: true,
      maskedPaths: ['/proc/kcore'],
    })
  })
})

test('a process is the container’s only where its cgroup carries the container’s id', async () => {
  const tree = unpackTree('docker-v1-hybrid')
  expect(await isHere({ id: dockerId, pid: 11896 }, tree)).toBe(true)
  expect(await isHere({ id: podmanId, pid: 11896 }, tree)).toBe(false)
  expect(await isHere({ id: dockerId, pid: 99999 }, tree)).toBe(false)
})
