import { z } from 'zod'
import { containerName, referenceText } from './base'
import { restartPolicyNames } from './limits'
import { say } from './say'

/** A path in a container. */
const containerPath = z
  .string()
  .max(4_096)
  .regex(/^\/[^\0]*$/, { error: () => say`An absolute path in the container.` })
const text = z.string().max(32_768)

export const portSetting = z.object({
  /**
   * 127.0.0.1 unless the person chose to be reachable from other machines; empty: at every address,
   * as `docker run -p 80:80` publishes.
   */
  hostIp: z.union([z.literal(''), z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  /** Null: the engine picks a free one. */
  hostPort: z.int().min(1).max(65_535).nullable(),
  containerPort: z.int().min(1).max(65_535),
  protocol: z.enum(['tcp', 'udp', 'sctp']).default('tcp'),
})
export type PortSetting = z.output<typeof portSetting>

export const environmentSetting = z.object({
  name: z.string().regex(/^[^=\0]+$/, { error: () => say`A name without "=".` }),
  value: z.string().max(131_072),
})

/** What `-v` may say after the target, beside `ro`: SELinux labels, propagation, ownership, copying. */
export const mountOptions = [
  'z',
  'Z',
  'U',
  'nocopy',
  'shared',
  'rshared',
  'slave',
  'rslave',
  'private',
  'rprivate',
] as const

export const mountSetting = z.object({
  kind: z.enum(['bind', 'volume', 'tmpfs']),
  /** A path on the engine's host, a volume's name, or empty: an anonymous volume, or tmpfs. */
  source: z.string().max(4_096).default(''),
  target: containerPath,
  readOnly: z.boolean().default(false),
  /** Of a tmpfs. */
  sizeBytes: z.int().min(1).nullable().default(null),
  /** Of a bind or a named volume; paths with a colon take none. */
  options: z.array(z.enum(mountOptions)).max(4).default([]),
})
export type MountSetting = z.output<typeof mountSetting>

export const networkSetting = z.object({
  /** A network's name, which is a part of a path; or alone: `host`, `none`, `container:<name or id>`. */
  name: z
    .string()
    .max(255)
    .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, { error: () => say`The name of a network.` }),
  aliases: z.array(z.string().min(1).max(255)).max(100).default([]),
  /** Chosen addresses; null: the network gives one. */
  ipv4Address: z.ipv4().nullable().default(null),
  ipv6Address: z.ipv6().nullable().default(null),
})
export type NetworkSetting = z.output<typeof networkSetting>

/** A network mode that is not a network: the container has none of its own, or none at all. */
export function isNetworkAlone(name: string): boolean {
  return name === 'host' || name === 'none' || name.startsWith('container:')
}

/** Null in `healthcheck`: what the image says. */
export const healthcheckSetting = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('check'),
    /** A line for the container's shell, or a program with its arguments; null: the image's own test. */
    test: z.union([z.string().min(1).max(32_768), z.array(text).min(1).max(1_000)]).nullable(),
    /** Null, here and below: the engine's default (30 s, 30 s, 0 s, 3). */
    intervalMillis: z.int().min(1).nullable().default(null),
    timeoutMillis: z.int().min(1).nullable().default(null),
    startPeriodMillis: z.int().min(0).nullable().default(null),
    retries: z.int().min(1).max(1_000).nullable().default(null),
  }),
])
export type HealthcheckSetting = z.output<typeof healthcheckSetting>

/**
 * Everything that a person can say of a container before it is made. The form, the `docker run` line,
 * the compose snippet and the create call all are made of this one shape.
 */
export const containerSettings = z.object({
  image: referenceText,
  name: containerName.optional(),
  /** Null: the image's; an empty list: none. */
  entrypoint: z.array(text).max(1_000).nullable().default(null),
  /** Empty: the image's. */
  command: z.array(text).max(1_000).default([]),
  workingFolder: containerPath.nullable().default(null),
  /** `name`, `uid`, `user:group`; null: the image's. */
  user: z.string().min(1).max(255).nullable().default(null),
  /** Further groups of its user, by name or id. */
  groups: z.array(z.string().min(1).max(255)).max(100).default([]),
  hostname: z.string().min(1).max(253).nullable().default(null),
  environment: z.array(environmentSetting).max(1_000).default([]),
  labels: z.record(z.string().min(1).max(4_096), z.string().max(131_072)).default({}),
  ports: z.array(portSetting).max(1_000).default([]),
  mounts: z.array(mountSetting).max(200).default([]),
  /** Empty: the engine's default network. The first is the one that the container starts with. */
  networks: z.array(networkSetting).max(50).default([]),
  dns: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(20)
    .default([]),
  dnsSearch: z.array(z.string().min(1).max(255)).max(20).default([]),
  dnsOptions: z.array(z.string().min(1).max(255)).max(20).default([]),
  /** Lines for its /etc/hosts; the address may be `host-gateway`. */
  extraHosts: z
    .array(z.object({ host: z.string().min(1).max(253), address: z.string().min(1).max(64) }))
    .max(200)
    .default([]),
  /** Cores, 0.01 at least (moby refuses less). */
  cpuLimitCores: z.number().min(0.01).max(4_096).nullable().default(null),
  /** Bytes, 6 MiB at least (moby refuses less). */
  memoryLimitBytes: z
    .int()
    .min(6 * 1024 * 1024)
    .nullable()
    .default(null),
  /** Bytes that it is pushed back to when the machine runs short. */
  memoryReservationBytes: z
    .int()
    .min(6 * 1024 * 1024)
    .nullable()
    .default(null),
  /** Memory and swap together; -1: swap without limit. */
  memorySwapBytes: z
    .union([z.literal(-1), z.int().min(1)])
    .nullable()
    .default(null),
  /** Weight among containers that want more than there is; 1024 is what others have. */
  cpuShares: z.int().min(2).max(262_144).nullable().default(null),
  /** The processors that it may run on: `0-3,5`. */
  cpuset: z
    .string()
    .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/)
    .max(1_024)
    .nullable()
    .default(null),
  pidsLimit: z.int().min(1).nullable().default(null),
  /** Of /dev/shm. */
  shmBytes: z.int().min(1).nullable().default(null),
  restart: z
    .object({
      policy: z.enum(restartPolicyNames),
      /** Of `on-failure`; null: without end. */
      maximumRetries: z.int().min(1).nullable().default(null),
    })
    .default({ policy: 'no', maximumRetries: null }),
  healthcheck: healthcheckSetting.nullable().default(null),
  stopSignal: z
    .string()
    .regex(/^[A-Z0-9+-]{1,20}$/)
    .nullable()
    .default(null),
  stopSeconds: z.int().min(0).max(86_400).nullable().default(null),
  devices: z
    .array(
      z.object({
        hostPath: containerPath,
        containerPath,
        /** Of read, write, mknod. */
        permissions: z
          .string()
          .regex(/^(?!.*(.).*\1)[rwm]{1,3}$/)
          .default('rwm'),
      }),
    )
    .max(100)
    .default([]),
  /** `all`, a number of them, or their ids. */
  gpus: z
    .union([z.literal('all'), z.int().min(1).max(64), z.array(z.string().min(1).max(128)).min(1)])
    .nullable()
    .default(null),
  privileged: z.boolean().default(false),
  /** Without `CAP_`: `NET_ADMIN`, `ALL`. */
  addedCapabilities: z
    .array(z.string().regex(/^[A-Z_]{3,40}$/))
    .max(60)
    .default([]),
  droppedCapabilities: z
    .array(z.string().regex(/^[A-Z_]{3,40}$/))
    .max(60)
    .default([]),
  /** `no-new-privileges`, `seccomp=unconfined`, … */
  securityOptions: z.array(z.string().min(1).max(1_024)).max(50).default([]),
  readOnlyRoot: z.boolean().default(false),
  /** A first process of the engine's own, which reaps children and passes signals on. */
  init: z.boolean().default(false),
  tty: z.boolean().default(false),
  /** Its standard input stays open. */
  interactive: z.boolean().default(false),
  /** The engine removes it, and its anonymous volumes, when it ends. */
  autoRemove: z.boolean().default(false),
  /** `host` or `container:<name or id>`; null: of its own. */
  pidNamespace: z
    .string()
    .regex(/^(host|container:.{1,255})$/)
    .nullable()
    .default(null),
  /** `host`, `private`, `shareable` or `container:<name or id>`; null: the engine's default. */
  ipcNamespace: z
    .string()
    .regex(/^(host|private|shareable|container:.{1,255})$/)
    .nullable()
    .default(null),
  ulimits: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z]{2,20}$/),
        soft: z.int().min(-1),
        hard: z.int().min(-1),
      }),
    )
    .max(30)
    .default([]),
  sysctls: z.record(z.string().regex(/^[a-z0-9_./-]{1,255}$/i), z.string().max(1_024)).default({}),
})
/** As it is written: what is left out has its default. */
export type ContainerSettingsInput = z.input<typeof containerSettings>
/** With every default filled in. */
export type ContainerSettings = z.output<typeof containerSettings>

/** Settings that hand the host, or much of it, to whatever runs inside. */
export const dangers = [
  'privileged',
  'engine-socket',
  'host-root',
  'host-network',
  'host-pid',
] as const
export type Danger = (typeof dangers)[number]
