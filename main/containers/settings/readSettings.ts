import { isDeepStrictEqual } from 'node:util'
import {
  containerSettings,
  type ContainerSettings,
} from '../../../preload/contract/containerSettings'
import { restartPolicyNames } from '../../../preload/contract/limits'
import type { Dialect } from '../../engines/dialect/dialect'
import type { InspectedConfig, InspectedContainer } from '../../engines/dialect/inspection'
import { ownSettings } from '../recreation/ownSettings'
import { cpuLimitOf } from '../summary'
import { readHealthcheck, signalName } from './config'
import { readMounts } from './mounts'
import { readNetworks } from './networks'
import { isNothing } from './records'
import { hostFields, hostSettingsOf, type HostSettings } from './told'

export interface ReadSettings {
  settings: ContainerSettings
  /** The engine's names of what the container has and no setting can say. */
  kept: string[]
}

/**
 * What was asked for when a container was made, as a form has it. What its image gave is left out, as is
 * what its engine writes everywhere.
 *
 * @param container As the dialect's `recreation.settings` give it.
 * @param image Of the image that it was made from.
 * @param reference The name or id of that image.
 */
export function readSettings(
  container: InspectedContainer,
  image: InspectedConfig,
  reference: string,
  dialect: Dialect,
): ReadSettings {
  const own = ownSettings(container, image)
  const host = hostSettingsOf(container.HostConfig)
  const mounts = readMounts(container, host, image, dialect.readBack)
  const networks = readNetworks(container, dialect)
  const ports = readPorts(host)
  const draft: Partial<Record<keyof ContainerSettings, unknown>> = {
    image: reference,
    name: container.Name,
    ...configSettings(own, image, dialect),
    ...hostDraft(container, host, dialect),
    ports: ports.map(({ setting }) => setting),
    mounts: mounts.map(({ setting }) => setting),
    networks: networks.settings,
  }
  const kept = new Set<string>([
    ...(mounts.some(({ hasMore }) => hasMore) ? ['Mounts'] : []),
    ...(networks.hasMore ? ['NetworkSettings'] : []),
    ...exposedOnly(own, host),
    ...unknownFields(container, own, dialect),
  ])
  for (const [field, value] of Object.entries(draft)) {
    if (isSetting(field) && containerSettings.shape[field].safeParse(value).success) continue
    kept.add(field)
    Reflect.deleteProperty(draft, field)
  }
  return { settings: containerSettings.parse({ image: reference, ...draft }), kept: [...kept] }
}

function isSetting(field: string): field is keyof ContainerSettings {
  return field in containerSettings.shape
}

function configSettings(own: InspectedConfig, image: InspectedConfig, { readBack }: Dialect) {
  const { StopTimeout: stopSeconds } = own
  return {
    entrypoint: own.Entrypoint ? own.Entrypoint.filter((word, index) => index > 0 || word) : null,
    command: own.Cmd ?? [],
    workingFolder: own.WorkingDir || null,
    user: own.User || null,
    hostname: own.Hostname || null,
    environment: (own.Env ?? []).map((line) => {
      const at = line.indexOf('=')
      return { name: at < 0 ? line : line.slice(0, at), value: at < 0 ? '' : line.slice(at + 1) }
    }),
    labels: own.Labels ?? {},
    healthcheck: readHealthcheck(own.Healthcheck, image.Healthcheck),
    stopSignal: own.StopSignal ? signalName(own.StopSignal) : null,
    stopSeconds: stopSeconds === readBack.stopSeconds ? null : (stopSeconds ?? null),
    tty: own.Tty === true,
    interactive: own.OpenStdin === true,
  }
}

function hostDraft({ HostConfig }: InspectedContainer, host: HostSettings, dialect: Dialect) {
  const { Name, MaximumRetryCount } = HostConfig.RestartPolicy ?? {}
  const policy = restartPolicyNames.find((one) => one === Name) ?? 'no'
  return {
    groups: host.GroupAdd ?? [],
    dns: host.Dns ?? [],
    dnsSearch: host.DnsSearch ?? [],
    dnsOptions: host.DnsOptions ?? [],
    extraHosts: (host.ExtraHosts ?? []).map((line) => {
      const at = line.indexOf(':')
      return { host: line.slice(0, at), address: line.slice(at + 1) }
    }),
    ...limitsDraft(host, dialect),
    restart: { policy, maximumRetries: (policy === 'on-failure' && MaximumRetryCount) || null },
    devices: (host.Devices ?? []).map((device) => ({
      hostPath: device.PathOnHost,
      containerPath: device.PathInContainer,
      permissions: device.CgroupPermissions,
    })),
    gpus: gpusOf(host),
    ...rightsDraft(host, dialect),
    init: host.Init === true,
    autoRemove: HostConfig.AutoRemove === true,
    pidNamespace: host.PidMode === 'private' ? null : host.PidMode || null,
    ipcNamespace: host.IpcMode === dialect.readBack.ipcNamespace ? null : host.IpcMode || null,
    ulimits: (host.Ulimits ?? []).map(({ Name: name, Soft: soft, Hard: hard }) => ({
      name,
      soft,
      hard,
    })),
    sysctls: host.Sysctls ?? {},
  }
}

const positive = (value: number | null | undefined) => (value && value > 0 ? value : null)

function limitsDraft(host: HostSettings, { readBack }: Dialect) {
  const memory = positive(host.Memory)
  const processes = positive(host.PidsLimit)
  const swap = host.MemorySwap || null
  return {
    cpuLimitCores: cpuLimitOf(host),
    cpuShares: positive(host.CpuShares),
    cpuset: host.CpusetCpus || null,
    memoryLimitBytes: memory,
    memoryReservationBytes: positive(host.MemoryReservation),
    // Twice the memory is what engines make of nothing.
    memorySwapBytes: memory === null || swap === 2 * memory ? null : swap,
    pidsLimit: processes === readBack.pidsLimit ? null : processes,
    shmBytes: host.ShmSize === readBack.shmBytes ? null : positive(host.ShmSize),
  }
}

function rightsDraft(host: HostSettings, { readBack }: Dialect) {
  const plain = (list: string[] | null | undefined) =>
    (list ?? []).map((name) => name.toUpperCase().replace(/^CAP_/, ''))
  const privileged = host.Privileged === true
  return {
    privileged,
    addedCapabilities: plain(host.CapAdd).filter((name) => !readBack.capabilities.includes(name)),
    droppedCapabilities: plain(host.CapDrop),
    // Docker adds it to what is privileged.
    securityOptions: (host.SecurityOpt ?? []).filter(
      (option) => !(privileged && option === 'label=disable'),
    ),
    readOnlyRoot: host.ReadonlyRootfs === true,
  }
}

function gpusOf({ DeviceRequests }: HostSettings) {
  const request = DeviceRequests?.find(({ Capabilities: wanted }) =>
    wanted?.some((all) => all.includes('gpu')),
  )
  if (!request) return null
  if (request.DeviceIDs?.length) return request.DeviceIDs
  return request.Count === -1 ? 'all' : request.Count
}

interface ReadPort {
  setting: { hostIp: string; hostPort: number | null; containerPort: number; protocol: string }
}

function readPorts({ PortBindings }: HostSettings): ReadPort[] {
  return Object.entries(PortBindings ?? {}).flatMap(([key, bindings]) => {
    const [port, protocol = 'tcp'] = key.split('/')
    return (bindings ?? []).map(({ HostIp, HostPort }) => ({
      setting: {
        hostIp: HostIp ?? '',
        hostPort: HostPort && HostPort !== '0' ? Number(HostPort) : null,
        containerPort: Number(port),
        protocol,
      },
    }))
  })
}

/** Ports that are told to exist and not published. */
function exposedOnly(own: InspectedConfig, { PortBindings }: HostSettings): string[] {
  const published = PortBindings ?? {}
  const isOnly = Object.keys(own.ExposedPorts ?? {}).some((port) => !(port in published))
  return isOnly ? ['ExposedPorts'] : []
}

/** What an engine protects of the kernel, and the size of who called it: nobody's choice. */
const engineFields = new Set(['ConsoleSize', 'MaskedPaths', 'ReadonlyPaths'])

/** Of the configuration beside the host's; the others have settings or are how `docker run` was called. */
const configFields = ['Domainname', 'MacAddress', 'Shell', 'NetworkDisabled'] as const

function unknownFields(
  { HostConfig }: InspectedContainer,
  own: InspectedConfig,
  { readBack }: Dialect,
): string[] {
  const host = Object.entries(HostConfig).filter(([field, value]) => {
    if (hostFields.has(field) || engineFields.has(field) || isNothing(value)) return false
    const usual = readBack.host[field]
    return !usual?.some((one) => isDeepStrictEqual(one, value))
  })
  const config = configFields.filter((field) => !isNothing(own[field]))
  return [...host.map(([field]) => field), ...config]
}
