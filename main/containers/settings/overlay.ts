import { isDeepStrictEqual } from 'node:util'
import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { Creation } from '../recreation/createBody'
import { overlayMounts } from './overlayMounts'
import { overlayNetworks } from './overlayNetworks'
import { asRecord } from './records'

type Field = keyof ContainerSettings

/** Where in a create body a setting stands: in itself, or in its `HostConfig`. */
const places: Record<Field, { config?: readonly string[]; host?: readonly string[] }> = {
  image: { config: ['Image'] },
  name: {},
  entrypoint: { config: ['Entrypoint'] },
  command: { config: ['Cmd'] },
  workingFolder: { config: ['WorkingDir'] },
  user: { config: ['User'] },
  groups: { host: ['GroupAdd'] },
  hostname: { config: ['Hostname'] },
  environment: { config: ['Env'] },
  labels: { config: ['Labels'] },
  ports: { host: ['PortBindings'] },
  mounts: {},
  networks: {},
  dns: { host: ['Dns'] },
  dnsSearch: { host: ['DnsSearch'] },
  dnsOptions: { host: ['DnsOptions'] },
  extraHosts: { host: ['ExtraHosts'] },
  // A quota says the same in another way; only one of the two may be given.
  cpuLimitCores: { host: ['NanoCpus', 'CpuQuota', 'CpuPeriod'] },
  // The limit of memory and swap together follows the memory limit.
  memoryLimitBytes: { host: ['Memory', 'MemorySwap'] },
  memoryReservationBytes: { host: ['MemoryReservation'] },
  memorySwapBytes: { host: ['MemorySwap'] },
  cpuShares: { host: ['CpuShares'] },
  cpuset: { host: ['CpusetCpus'] },
  pidsLimit: { host: ['PidsLimit'] },
  shmBytes: { host: ['ShmSize'] },
  restart: { host: ['RestartPolicy'] },
  healthcheck: { config: ['Healthcheck'] },
  stopSignal: { config: ['StopSignal'] },
  stopSeconds: { config: ['StopTimeout'] },
  devices: { host: ['Devices'] },
  gpus: { host: ['DeviceRequests'] },
  // What an engine adds to a privileged container goes with it.
  privileged: { host: ['Privileged', 'SecurityOpt', 'MaskedPaths', 'ReadonlyPaths'] },
  addedCapabilities: { host: ['CapAdd'] },
  droppedCapabilities: { host: ['CapDrop'] },
  securityOptions: { host: ['SecurityOpt'] },
  readOnlyRoot: { host: ['ReadonlyRootfs'] },
  init: { host: ['Init'] },
  tty: { config: ['Tty'] },
  interactive: { config: ['OpenStdin'] },
  autoRemove: { host: ['AutoRemove'] },
  pidNamespace: { host: ['PidMode'] },
  ipcNamespace: { host: ['IpcMode'] },
  ulimits: { host: ['Ulimits'] },
  sysctls: { host: ['Sysctls'] },
}

/** The settings that differ. */
export function changedFields(before: ContainerSettings, after: ContainerSettings): Set<Field> {
  return new Set(fields.filter((field) => !isDeepStrictEqual(before[field], after[field])))
}

const fields = Object.keys(places).filter((field): field is Field => field in places)

export interface Overlay {
  container: InspectedContainer
  /** What makes the same container again. */
  base: Creation
  /** What makes a container of the wanted settings, and nothing else. */
  wanted: Creation
  before: ContainerSettings
  after: ContainerSettings
}

/**
 * What makes the same container again with other settings: of the wanted one only what was changed, so
 * that all stays that no setting can say.
 */
export function overlay({ container, base, wanted, before, after }: Overlay): Creation {
  const changed = changedFields(before, after)
  const body = { ...base.body }
  const host = { ...asRecord(body.HostConfig) }
  const wantedHost = asRecord(wanted.body.HostConfig)
  for (const field of changed) {
    const { config = [], host: inHost = [] } = places[field]
    for (const key of config) put(body, key, wanted.body[key])
    for (const key of inHost) put(host, key, wantedHost[key])
  }
  if (changed.has('ports')) body.ExposedPorts = exposedPorts(base.body, wanted.body)
  if (changed.has('mounts')) {
    const { Volumes, ...mounts } = overlayMounts({ container, base: body, before, after })
    body.Volumes = Volumes
    Object.assign(host, mounts)
  }
  const creation = { networks: base.networks, body: { ...body, HostConfig: host } }
  return changed.has('networks') ? overlayNetworks(creation, wanted, before, after) : creation
}

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(target, key)
  else target[key] = value
}

/** Those that were told without being published stay. */
function exposedPorts(base: Creation['body'], wanted: Creation['body']): Record<string, unknown> {
  const published = asRecord(asRecord(base.HostConfig).PortBindings)
  const only = Object.entries(asRecord(base.ExposedPorts)).filter(([port]) => !(port in published))
  return { ...Object.fromEntries(only), ...asRecord(wanted.ExposedPorts) }
}
