import { release } from 'node:os'
import type { CapabilityName, Isolation, Namespace } from '../../preload/contract/isolation'
import { readCgroupMounts, type KernelRoots } from '../stats/cgroupPath'
import { readCapabilities } from './capabilities'
import { driverOf, findPlaces, readLimitsAt, versionOf, type MountedPlace } from './cgroup'
import { namespacesFromInspect } from './engineNamespaces'
import { identify, isIdentity, parseIdMap } from './idMap'
import {
  compareNamespaces,
  readNamespaceInodes,
  type NamespaceInodes,
  type Neighbour,
} from './namespaces'
import { descendants, processesOfCgroup, readProcesses } from './processes'
import { parseProcessStatus, type ProcessStatus } from './processStatus'
import { ProcFolder } from './procFiles'
import { readSecurity } from './security'
import { Unread } from './unread'

/** A running container as its engine tells it. */
export interface ContainerToRead {
  id: string
  pid: number
  privileged: boolean
  /** `HostConfig` of its inspect: what namespaces were asked for. */
  hostConfig: unknown
  /** The other running containers of the engine. */
  neighbours: { id: string; name: string; pid: number }[]
  usualCapabilities: readonly CapabilityName[]
}

/** True where the process of this id is the container's here: its cgroup carries the container's id. */
export async function isHere(
  { id, pid }: Pick<ContainerToRead, 'id' | 'pid'>,
  { procRoot }: KernelRoots,
): Promise<boolean> {
  try {
    return (await new ProcFolder(procRoot, pid).read('cgroup')).includes(id)
  } catch {
    return false
  }
}

/**
 * Reads from the kernel how a container is kept apart. What may not be read is left out and told in
 * `unreadable`; nothing makes it fail.
 */
export async function readIsolation(
  container: ContainerToRead,
  roots: KernelRoots,
  now: number,
): Promise<Isolation> {
  const process = new ProcFolder(roots.procRoot, container.pid)
  const unread = new Unread()
  const [status, userMap, places] = await Promise.all([
    unread.orNull('status', async () => parseProcessStatus(await process.read('status'))),
    unread.orNull('users', () => readUserMap(process)),
    unread.orNull('cgroup', async () =>
      findPlaces(await process.read('cgroup'), container.id, readCgroupMounts(roots)),
    ),
  ])
  const identity = userMap && isIdentity(userMap.users) && isIdentity(userMap.groups)
  const [namespaces, cgroup, security, processes] = await Promise.all([
    readNamespaces(container, { roots, identity, unread }),
    places && readCgroup(places, roots, unread),
    status && unread.orNull('security', () => readSecurity(process, status)),
    listProcesses(container, { roots, places, status, users: userMap?.users ?? [], unread }),
  ])
  return {
    kind: 'isolation',
    readAt: now,
    kernelRelease: release(),
    hostPid: container.pid,
    ...namespaces,
    cgroup,
    capabilities: status && readCapabilities(status.capabilities, container.usualCapabilities),
    security: security && { privileged: container.privileged, ...security },
    userMapping: status &&
      userMap && {
        ...userMap,
        identity: identity ?? false,
        user: identify(status.uid, userMap.users),
        group: identify(status.gid, userMap.groups),
      },
    ...processes,
    unreadable: unread.list,
  }
}

async function readUserMap(process: ProcFolder) {
  const [users, groups] = await Promise.all([process.read('uid_map'), process.read('gid_map')])
  return { users: parseIdMap(users), groups: parseIdMap(groups) }
}

interface NamespacesRead {
  namespaces: Namespace[]
  namespacesFrom: Isolation['namespacesFrom']
  hostNamespacesOf: Isolation['hostNamespacesOf']
}

async function readNamespaces(
  { pid, hostConfig, neighbours }: ContainerToRead,
  { roots, identity, unread }: { roots: KernelRoots; identity: boolean | null; unread: Unread },
): Promise<NamespacesRead> {
  const own = await unread.orNull('namespaces', () =>
    readNamespaceInodes(new ProcFolder(roots.procRoot, pid)),
  )
  if (!own) {
    const nameOf = (id: string) => neighbours.find((each) => each.id === id)?.name ?? null
    return {
      namespaces: namespacesFromInspect(hostConfig, identity, nameOf),
      namespacesFrom: 'engine',
      hostNamespacesOf: null,
    }
  }
  const [host, others] = await Promise.all([
    readHostNamespaces(roots, unread),
    readNeighbours(neighbours, roots),
  ])
  return {
    namespaces: compareNamespaces(own, host?.inodes ?? null, others),
    namespacesFrom: 'kernel',
    hostNamespacesOf: host?.of ?? null,
  }
}

/** Process 1 has the machine's namespaces; where it is closed to this user, Longshore's own stand in. */
async function readHostNamespaces(
  { procRoot }: KernelRoots,
  unread: Unread,
): Promise<{ inodes: NamespaceInodes; of: 'process-1' | 'longshore' } | null> {
  try {
    return { inodes: await readNamespaceInodes(new ProcFolder(procRoot, 1)), of: 'process-1' }
  } catch {
    const inodes = await unread.orNull('host-namespaces', () =>
      readNamespaceInodes(new ProcFolder(procRoot, 'self')),
    )
    return inodes && { inodes, of: 'longshore' }
  }
}

/**
 * Those that end meanwhile, or may not be read, share nothing that could be told. The id of one that
 * ended may already be that of another's process.
 */
async function readNeighbours(
  neighbours: ContainerToRead['neighbours'],
  roots: KernelRoots,
): Promise<Neighbour[]> {
  const read = neighbours.map(async ({ id, name, pid }) => {
    if (!(await isHere({ id, pid }, roots))) return null
    try {
      return { id, name, inodes: await readNamespaceInodes(new ProcFolder(roots.procRoot, pid)) }
    } catch {
      return null
    }
  })
  return (await Promise.all(read)).filter((neighbour) => neighbour !== null)
}

async function readCgroup(
  places: readonly MountedPlace[],
  roots: KernelRoots,
  unread: Unread,
): Promise<Isolation['cgroup']> {
  const [first] = places
  if (!first) return null
  const limits = await Promise.all(
    places.map((place) => unread.orNull('cgroup', () => readLimitsAt(place, roots))),
  )
  return {
    version: versionOf(readCgroupMounts(roots)),
    driver: driverOf(first.path),
    places: places.map(({ version, controllers, path, folder }) => ({
      version,
      controllers,
      path,
      folder,
    })),
    limits: limits.flatMap((each) => each ?? []),
  }
}

async function listProcesses(
  { pid }: ContainerToRead,
  {
    roots,
    places,
    status,
    users,
    unread,
  }: {
    roots: KernelRoots
    places: readonly MountedPlace[] | null
    status: ProcessStatus | null
    users: Parameters<typeof identify>[1]
    unread: Unread
  },
): Promise<Pick<Isolation, 'processes' | 'moreProcesses'>> {
  const nothing = { processes: [], moreProcesses: 0 }
  const folder = places?.[0]?.folder
  const read = await unread.orNull('processes', async () => {
    const pids = folder ? await processesOfCgroup(folder) : await descendants(roots.procRoot, pid)
    return readProcesses(roots.procRoot, pids, { depth: status?.pids.length ?? 1, users })
  })
  return read ?? nothing
}
