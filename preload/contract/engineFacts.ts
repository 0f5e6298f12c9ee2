import { z } from 'zod'
import { engineScope, moment, procedure } from './base'

/** What an engine says of itself; null where it does not tell. */
const told = z.string().nullable()
const toldNumber = z.number().nullable()
const toldFlag = z.boolean().nullable()
/** Null where the engine does not tell; empty: it says that there are none. */
const toldTexts = z.array(z.string()).nullable()

export const factPair = z.object({ name: z.string(), value: z.string() })

/** Warnings of engines whose meaning is known here. */
export const warningTopics = [
  'api-unprotected',
  'no-memory-limits',
  'no-cpu-limits',
  'no-io-limits',
  'no-bridge-filter',
  'no-forwarding',
  'storage-deprecated',
  'storage-loopback',
  'storage-d-type',
  'cgroup-v1',
  'rootless-without-cgroups',
  'seccomp-changed',
] as const
export type WarningTopic = (typeof warningTopics)[number]

export const engineWarning = z.object({
  /** Word for word. */
  text: z.string(),
  /** Null: it is not known here what it means. */
  topic: z.enum(warningTopics).nullable(),
})
export type EngineWarning = z.infer<typeof engineWarning>

/** The facts of an engine. Credentials in addresses and values of secret names are masked. */
export const engineFacts = z.object({
  machine: z.object({
    name: told,
    operatingSystem: told,
    kernel: told,
    architecture: told,
    cpus: toldNumber,
    memoryBytes: toldNumber,
    /** As the engine words it. */
    uptime: told,
  }),
  api: z.object({ newest: told, oldest: told }),
  /** The engine itself first, then what it is made of: containerd, runc, conmon, … */
  components: z.array(z.object({ name: z.string(), version: told, details: z.array(factPair) })),
  storage: z.object({
    driver: told,
    /** What the driver tells: `Backing Filesystem`, … */
    status: z.array(factPair),
    rootFolder: told,
    /** Where state is kept that a restart of the machine ends. */
    runFolder: told,
    volumeFolder: told,
    /** Of the disk that the root folder is on. */
    diskBytes: toldNumber,
    diskUsedBytes: toldNumber,
  }),
  cgroup: z.object({
    /** `1` or `2`. */
    version: told,
    driver: told,
    controllers: toldTexts,
  }),
  security: z.object({
    rootless: toldFlag,
    /** Root of a container is another user on the machine. */
    userNamespaces: toldFlag,
    seccomp: toldFlag,
    seccompProfile: told,
    appArmor: toldFlag,
    seLinux: toldFlag,
    noNewPrivileges: toldFlag,
  }),
  runtimes: z.object({
    usual: told,
    all: z.array(z.object({ name: z.string(), path: told })),
    init: told,
  }),
  plugins: z.object({
    volume: toldTexts,
    network: toldTexts,
    log: toldTexts,
    authorization: toldTexts,
  }),
  logDriver: told,
  network: z.object({ backend: told, firewall: told, rootlessCommand: told }),
  registries: z.object({
    /** Where short names are looked for. */
    search: toldTexts,
    mirrors: toldTexts,
    insecure: toldTexts,
    blocked: toldTexts,
  }),
  proxies: z.object({ http: told, https: told, none: told }),
  labels: toldTexts,
  /** `inactive`, `active`, … */
  swarm: told,
  liveRestore: toldFlag,
  experimental: toldFlag,
  counts: z.object({
    containers: toldNumber,
    running: toldNumber,
    paused: toldNumber,
    stopped: toldNumber,
    images: toldNumber,
  }),
  warnings: z.array(engineWarning),
})
export type EngineFacts = z.infer<typeof engineFacts>

export const engineReport = z.object({
  askedAt: moment,
  facts: engineFacts,
  /** The engine's own answers, one member for each route, as indented JSON; masked unless `reveal` was asked for. */
  rawJson: z.string(),
})
export type EngineReport = z.infer<typeof engineReport>

/** Asks an engine what it is; throws `engine-unreachable` while it is not connected. */
export const factsProcedure = procedure
  .input(engineScope.extend({ reveal: z.boolean().default(false) }))
  .output(engineReport)
