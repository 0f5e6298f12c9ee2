import { z } from 'zod'
import { containerId, engineScope, procedure } from './base'

/** The kinds of namespaces that a container may have of its own, as namespaces(7) lists them. */
export const namespaceKinds = ['pid', 'mnt', 'net', 'uts', 'ipc', 'user', 'cgroup'] as const
export type NamespaceKind = (typeof namespaceKinds)[number]

/** A namespace of a container's first process. */
export interface Namespace {
  kind: NamespaceKind
  /** Which one it is, as `readlink /proc/<pid>/ns/<kind>` says; null where that may not be read. */
  inode: number | null
  /**
   * `own`: nobody else's. `host`: the machine's. `container`: that of the containers in `with`.
   * `unknown`: neither the kernel nor the engine tells.
   */
  sharing: 'own' | 'host' | 'container' | 'unknown'
  /** Other running containers of the engine in the same namespace; empty where it is the machine's. */
  with: { id: string; name: string }[]
}

/**
 * Something that the container's cgroup allows it, from one file. `file` is the absolute path and
 * `raw` its text. `set` is false where the file says "no limit" or the kernel's own usual value.
 * `ancestor`: the limit is that of a cgroup above, and holds for all below it together; its path.
 */
export type Limit = {
  file: string
  raw: string
  set: boolean
  ancestor: string | null
} & LimitValue

export type LimitValue =
  /** CPU time per period; null: any. */
  | { kind: 'cpu-quota'; quotaMicros: number | null; periodMicros: number }
  /** Its share when the CPUs, or the disks, are all busy; `usual` is what others have. */
  | { kind: 'cpu-weight' | 'io-weight'; weight: number; usual: number }
  /** Which CPUs, or memory nodes, it may use: `0-3,7`. */
  | { kind: 'cpus' | 'memory-nodes'; list: string }
  | { kind: ByteLimitKind; bytes: number | null }
  /** How willingly its memory is swapped out, 0 to 100 (200 since Linux 5.8). */
  | { kind: 'swappiness'; level: number }
  /** What happens at its memory limit: `off`: its processes wait (v1); `group`: all end together (v2). */
  | { kind: 'oom-kill'; mode: 'one' | 'group' | 'off' }
  | { kind: 'processes'; count: number | null }
  /** What one block device may do for it per second; `device` is `major:minor`. */
  | {
      kind: 'io-rate'
      device: string
      /** As in /dev; null where the kernel does not tell. */
      deviceName: string | null
      direction: 'read' | 'write'
      unit: 'bytes' | 'operations'
      perSecond: number
    }
  /** `pageSize` as the file is called: `2MB`, `1GB`. */
  | { kind: 'huge-pages'; pageSize: string; bytes: number | null }
  /** Device files that it may use (v1): `c 1:3 rwm`; `a *:* rwm` is all. */
  | { kind: 'devices'; rules: string[] }

export type ByteLimitKind =
  /** At most: beyond it the kernel reclaims, then kills. */
  | 'memory-max'
  /** v2: beyond it, it is slowed down and reclaimed from. */
  | 'memory-high'
  /** v1: reclaimed down to this first when the machine is short of memory. */
  | 'memory-reservation'
  /** v2: below it, its memory is taken only if nothing else can be (low), or never (min). */
  | 'memory-low'
  | 'memory-min'
  /** v2: swap alone. */
  | 'swap-max'
  /** v1: memory and swap together. */
  | 'memory-and-swap-max'

/** Where one or more controllers keep the container's cgroup. */
export interface CgroupPlace {
  version: 1 | 2
  /** v1: the hierarchy's controllers (`cpu`); empty on v2. */
  controllers: string[]
  /** Path of the container's cgroup in the hierarchy. */
  path: string
  /** The same as an absolute folder of this machine. */
  folder: string
}

export interface Cgroup {
  /** `hybrid`: v1 controllers with a v2 hierarchy beside them. */
  version: 'v1' | 'v2' | 'hybrid'
  /** Who makes the cgroups, told from the path's shape: a systemd scope, or plain folders. */
  driver: 'systemd' | 'cgroupfs'
  places: CgroupPlace[]
  limits: Limit[]
}

/** Linux capabilities by bit number (linux/capability.h). */
export const capabilityNames = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const
export type CapabilityName = (typeof capabilityNames)[number]

/** A capability that is in any set of the first process, or in the engine's usual set. */
export interface Capability {
  name: CapabilityName
  /** In force now. */
  effective: boolean
  /** May be made effective. */
  permitted: boolean
  /** The upper bound: may be gained by executing a program (set-uid root, file capabilities). */
  bounding: boolean
  /** Kept over the execution of programs that ask for it, and of those that do not (ambient). */
  inheritable: boolean
  ambient: boolean
  /** The engine gives it unless told otherwise. */
  usual: boolean
}

export interface Security {
  /** The engine was told `--privileged`. */
  privileged: boolean
  seccomp: 'off' | 'strict' | 'filter'
  /** How many filters check each system call; null before Linux 5.9. */
  seccompFilters: number | null
  noNewPrivileges: boolean
  /** The label of the security module that confines it; null: none does. */
  label: { module: 'apparmor' | 'selinux' | 'other'; text: string } | null
  /** From its mounts; null where they may not be read. */
  rootReadOnly: boolean | null
  /** Paths of /proc and /sys that an empty mount hides, or that are read only. */
  maskedPaths: string[]
  readOnlyPaths: string[]
}

/** A range of user or group ids, one to one. */
export interface IdRange {
  inside: number
  outside: number
  count: number
}

/** Who a process is: `inside` is null where its user namespace has no such id. */
export interface Identity {
  outside: number
  inside: number | null
}

export interface UserMapping {
  users: IdRange[]
  groups: IdRange[]
  /** Every id is the same inside and outside. */
  identity: boolean
  /** The effective ids of the first process. */
  user: Identity
  group: Identity
}

export interface ContainerProcess {
  /** Process id on this machine. */
  hostPid: number
  /** The same process as the container counts; null where the container cannot see it. */
  containerPid: number | null
  parentHostPid: number
  user: Identity
  /** Arguments joined by spaces, 2 KiB at most; the name in brackets where there are none. Hostile. */
  command: string
  threads: number
  cpuMillis: number
  residentBytes: number
}

/** What could not be read, and why, in the system's words. */
export interface Unreadable {
  part: 'namespaces' | 'host-namespaces' | 'cgroup' | 'status' | 'security' | 'users' | 'processes'
  reason: 'permission' | 'missing' | 'other'
  message: string
}

/** How one running container is kept apart, read from this machine's kernel. */
export interface Isolation {
  kind: 'isolation'
  /** Milliseconds since 1970 UTC. */
  readAt: number
  kernelRelease: string
  /** The first process, as this machine counts. */
  hostPid: number
  namespaces: Namespace[]
  /** The process whose namespaces stand for the machine's: process 1, or Longshore where that is closed. */
  hostNamespacesOf: 'process-1' | 'longshore' | null
  /** Namespaces are told by the engine because the kernel shows them to their owner only. */
  namespacesFrom: 'kernel' | 'engine'
  /** Null where it has none of its own, or none that can be read. */
  cgroup: Cgroup | null
  /** Null where the process's status cannot be read. */
  capabilities: Capability[] | null
  security: Security | null
  userMapping: UserMapping | null
  /** The first 500, in the order of their host ids. */
  processes: ContainerProcess[]
  /** How many more there are. */
  moreProcesses: number
  unreadable: Unreadable[]
}

/** The container's kernel, or its processes, cannot be looked at from here. */
export interface IsolationElsewhere {
  kind: 'elsewhere'
  /** `other-kernel`: the engine is not on this machine's kernel. `other-processes`: its ids mean others here. */
  reason: 'other-kernel' | 'other-processes'
}

export const isolation = {
  /** Reads everything anew. Fails with `conflict` where the container does not run. */
  read: procedure
    .input(engineScope.extend({ id: containerId }))
    .output(z.custom<Isolation | IsolationElsewhere>()),
}
