import { z } from 'zod'
import type { EngineFacts } from '../../../preload/contract/engineFacts'
import type { FactsDialect, ToldFacts } from './facts'
import { toldFlag, toldList, toldNumber, toldObject, toldRecord, toldText, toldTexts } from './told'

const versionAnswer = toldObject({
  ApiVersion: toldText,
  MinAPIVersion: toldText,
  Version: toldText,
  Components: toldList(
    z.object({
      Name: z.string(),
      Version: toldText,
      Details: toldRecord(z.string()),
    }),
  ),
})

const infoAnswer = toldObject({
  Name: toldText,
  OperatingSystem: toldText,
  KernelVersion: toldText,
  Architecture: toldText,
  NCPU: toldNumber,
  MemTotal: toldNumber,
  Driver: toldText,
  DriverStatus: toldList(z.tuple([z.string(), z.string()])),
  DockerRootDir: toldText,
  CgroupVersion: toldText,
  CgroupDriver: toldText,
  // Null is none of them; without the field, nothing is known.
  SecurityOptions: toldTexts,
  Runtimes: toldRecord(z.object({ path: toldText })),
  DefaultRuntime: toldText,
  InitBinary: toldText,
  Plugins: toldObject({
    Volume: toldTexts,
    Network: toldTexts,
    Log: toldTexts,
    Authorization: toldTexts,
  }),
  LoggingDriver: toldText,
  FirewallBackend: toldObject({ Driver: toldText }),
  RegistryConfig: toldObject({
    InsecureRegistryCIDRs: toldTexts,
    IndexConfigs: toldRecord(z.object({ Secure: toldFlag })),
    Mirrors: toldTexts,
  }),
  HttpProxy: toldText,
  HttpsProxy: toldText,
  NoProxy: toldText,
  Labels: toldTexts,
  Swarm: toldObject({ LocalNodeState: toldText }),
  LiveRestoreEnabled: toldFlag,
  ExperimentalBuild: toldFlag,
  Containers: toldNumber,
  ContainersRunning: toldNumber,
  ContainersPaused: toldNumber,
  ContainersStopped: toldNumber,
  Images: toldNumber,
  Warnings: toldTexts,
})

export const dockerFacts: FactsDialect = {
  paths: { version: '/version', info: '/info' },
  read({ version, info }): ToldFacts {
    const told = infoAnswer.parse(info)
    const { ApiVersion, MinAPIVersion, Version, Components } = versionAnswer.parse(version)
    return {
      machine: {
        name: told.Name,
        operatingSystem: told.OperatingSystem,
        kernel: told.KernelVersion,
        architecture: told.Architecture,
        cpus: told.NCPU,
        memoryBytes: told.MemTotal,
        uptime: null,
      },
      api: { newest: ApiVersion, oldest: MinAPIVersion },
      components:
        Components.length > 0
          ? Components.map(({ Name, Version: its, Details }) => component(Name, its, Details))
          : [{ name: 'Engine', version: Version, details: [] }],
      storage: {
        driver: told.Driver,
        status: told.DriverStatus.map(([name, value]) => ({ name, value })),
        rootFolder: told.DockerRootDir,
        runFolder: null,
        volumeFolder: null,
        diskBytes: null,
        diskUsedBytes: null,
      },
      cgroup: { version: told.CgroupVersion, driver: told.CgroupDriver, controllers: null },
      security: securityOf(told.SecurityOptions),
      runtimes: {
        usual: told.DefaultRuntime,
        all: told.Runtimes.map(({ name, value: { path } }) => ({ name, path })),
        init: told.InitBinary,
      },
      plugins: {
        volume: told.Plugins.Volume,
        network: told.Plugins.Network,
        log: told.Plugins.Log,
        authorization: told.Plugins.Authorization,
      },
      logDriver: told.LoggingDriver,
      network: { backend: null, firewall: told.FirewallBackend.Driver, rootlessCommand: null },
      registries: registriesOf(told.RegistryConfig),
      proxies: { http: told.HttpProxy, https: told.HttpsProxy, none: told.NoProxy },
      labels: told.Labels,
      swarm: told.Swarm.LocalNodeState,
      liveRestore: told.LiveRestoreEnabled,
      experimental: told.ExperimentalBuild,
      counts: {
        containers: told.Containers,
        running: told.ContainersRunning,
        paused: told.ContainersPaused,
        stopped: told.ContainersStopped,
        images: told.Images,
      },
      warnings: told.Warnings ?? [],
    }
  },
}

/**
 * A component as it names itself. Podman's programs tell all that `--version` prints: `runc version 1.1.5`, then
 * `commit: …` and more below it, and words of its licence.
 */
export function component(
  name: string,
  version: string | null,
  details: readonly { name: string; value: string }[],
): EngineFacts['components'][number] {
  const [first = '', ...below] = (version ?? '').split('\n')
  const more = below.flatMap((line) => {
    const parts = /^([A-Za-z]+): (\S+)$/.exec(line)
    return parts ? [{ name: parts[1] ?? '', value: parts[2] ?? '' }] : []
  })
  const words = /^(?:\S+ version |netavark |aardvark-dns |pasta )?(.*?)(?:, commit: .*)?$/.exec(
    first,
  )
  return {
    name,
    version: words?.[1] || null,
    details: [...more, ...details].filter(
      ({ name: of, value }) => value !== '' && isNew(of, value),
    ),
  }
}

/** Of Docker's engine: facts that have their own place. */
const elsewhere = new Set([
  'ApiVersion',
  'Arch',
  'Experimental',
  'KernelVersion',
  'MinAPIVersion',
  'Os',
])

/** Distributions build without a time, which reads as 1970. */
function isNew(name: string, value: string): boolean {
  return !elsewhere.has(name) && !(name === 'BuildTime' && value.startsWith('1970-01-01'))
}

/** `name=seccomp,profile=default`, `name=rootless`, … */
function securityOf(options: readonly string[] | null): EngineFacts['security'] {
  const named = new Map(
    (options ?? []).map((option) => {
      const parts = new Map(option.split(',').map((part) => splitPair(part)))
      return [parts.get('name') ?? option, parts] as const
    }),
  )
  const has = (name: string) => (options === null ? null : named.has(name))
  return {
    rootless: has('rootless'),
    userNamespaces: has('userns'),
    seccomp: has('seccomp'),
    seccompProfile: named.get('seccomp')?.get('profile') ?? null,
    appArmor: has('apparmor'),
    seLinux: has('selinux'),
    noNewPrivileges: has('no-new-privileges'),
  }
}

function splitPair(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function registriesOf({
  InsecureRegistryCIDRs,
  IndexConfigs,
  Mirrors,
}: z.infer<typeof infoAnswer>['RegistryConfig']): EngineFacts['registries'] {
  const named = IndexConfigs.filter(({ value }) => value.Secure === false).map(({ name }) => name)
  return {
    search: null,
    mirrors: Mirrors,
    insecure: InsecureRegistryCIDRs === null ? null : [...named, ...InsecureRegistryCIDRs],
    blocked: null,
  }
}
