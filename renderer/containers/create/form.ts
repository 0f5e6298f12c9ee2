import type {
  ContainerSettings,
  HealthcheckSetting,
  MountSetting,
  NetworkSetting,
  PortSetting,
} from '../../../preload/contract/containerSettings'
import { joinShellWords } from '../../../preload/contract/shellWords'
import { writeBytes } from '../../amounts'
import type { Variable } from './dotEnv'
import { writeDuration } from './line/amounts'

/** Who can reach a published port: this machine, every network it is on, or who reaches one address. */
export const reaches = ['machine', 'networks', 'address'] as const
export type Reach = (typeof reaches)[number]

export interface PortRow {
  reach: Reach
  address: string
  /** Empty: the engine picks a free one. */
  hostPort: string
  containerPort: string
  protocol: PortSetting['protocol']
}

export interface MountRow extends Pick<MountSetting, 'kind' | 'readOnly' | 'options'> {
  source: string
  target: string
  /** Of a tmpfs. */
  size: string
}

export interface NetworkRow {
  name: string
  aliases: string
  ipv4Address: string
  ipv6Address: string
}

export interface DeviceRow {
  hostPath: string
  containerPath: string
  permissions: string
}

export interface UlimitRow {
  name: string
  soft: string
  hard: string
}

/** What is typed on the page: text, right or wrong. Empty text: what the image or the engine says. */
export interface CreateForm {
  image: string
  name: string
  command: string
  ports: PortRow[]
  environment: Variable[]
  mounts: MountRow[]
  networks: NetworkRow[]
  hostname: string
  dns: string
  dnsSearch: string
  dnsOptions: string
  extraHosts: Variable[]
  cpu: string
  cpuShares: string
  cpuset: string
  memory: string
  memoryReservation: string
  /** Memory and swap together; `-1`: swap without limit. */
  memorySwap: string
  pids: string
  shm: string
  restart: ContainerSettings['restart']['policy']
  restartRetries: string
  autoRemove: boolean
  stopSignal: string
  stopSeconds: string
  health: 'image' | 'none' | 'shell' | 'words'
  healthTest: string
  healthInterval: string
  healthTimeout: string
  healthStartPeriod: string
  healthRetries: string
  user: string
  groups: string
  /** True: the image's is replaced, by nothing where `entrypoint` is empty. */
  ownEntrypoint: boolean
  entrypoint: string
  workingFolder: string
  labels: Variable[]
  devices: DeviceRow[]
  gpus: 'none' | 'all' | 'count' | 'ids'
  gpuChoice: string
  privileged: boolean
  readOnlyRoot: boolean
  addedCapabilities: string
  droppedCapabilities: string
  securityOptions: string
  init: boolean
  tty: boolean
  interactive: boolean
  pid: string
  ipc: string
  ulimits: UlimitRow[]
  sysctls: Variable[]
}

export const emptyPort = (containerPort = '', protocol: PortRow['protocol'] = 'tcp'): PortRow => ({
  reach: 'machine',
  address: '',
  hostPort: '',
  containerPort,
  protocol,
})
export const emptyMount = (kind: MountRow['kind'] = 'volume', target = ''): MountRow => ({
  kind,
  source: '',
  target,
  readOnly: false,
  options: [],
  size: '',
})
export const emptyNetwork = (): NetworkRow => ({
  name: '',
  aliases: '',
  ipv4Address: '',
  ipv6Address: '',
})
export const emptyDevice = (): DeviceRow => ({
  hostPath: '',
  containerPath: '',
  permissions: 'rwm',
})
export const emptyUlimit = (): UlimitRow => ({ name: '', soft: '', hard: '' })

/** The form that says these settings. */
export function formOf(settings: ContainerSettings): CreateForm {
  return {
    image: settings.image,
    name: settings.name ?? '',
    command: joinShellWords(settings.command),
    ports: settings.ports.map(portRow),
    environment: settings.environment.map((variable) => ({ ...variable })),
    mounts: settings.mounts.map(mountRow),
    networks: settings.networks.map(networkRow),
    hostname: settings.hostname ?? '',
    dns: settings.dns.join(' '),
    dnsSearch: settings.dnsSearch.join(' '),
    dnsOptions: settings.dnsOptions.join(' '),
    extraHosts: settings.extraHosts.map(({ host, address }) => ({ name: host, value: address })),
    ...limitTexts(settings),
    restart: settings.restart.policy,
    restartRetries: numberText(settings.restart.maximumRetries),
    autoRemove: settings.autoRemove,
    stopSignal: settings.stopSignal ?? '',
    stopSeconds: numberText(settings.stopSeconds),
    ...healthTexts(settings.healthcheck),
    user: settings.user ?? '',
    groups: settings.groups.join(' '),
    ownEntrypoint: settings.entrypoint !== null,
    entrypoint: joinShellWords(settings.entrypoint ?? []),
    workingFolder: settings.workingFolder ?? '',
    labels: pairsOf(settings.labels),
    devices: settings.devices.map((device) => ({ ...device })),
    ...gpuTexts(settings.gpus),
    privileged: settings.privileged,
    readOnlyRoot: settings.readOnlyRoot,
    addedCapabilities: settings.addedCapabilities.join(' '),
    droppedCapabilities: settings.droppedCapabilities.join(' '),
    securityOptions: settings.securityOptions.join(' '),
    init: settings.init,
    tty: settings.tty,
    interactive: settings.interactive,
    pid: settings.pidNamespace ?? '',
    ipc: settings.ipcNamespace ?? '',
    ulimits: settings.ulimits.map(({ name, soft, hard }) => ({
      name,
      soft: String(soft),
      hard: String(hard),
    })),
    sysctls: pairsOf(settings.sysctls),
  }
}

const numberText = (value: number | null) => (value === null ? '' : String(value))
const bytesText = (bytes: number | null) => (bytes === null ? '' : writeBytes(bytes))
const timeText = (millis: number | null) => (millis === null ? '' : writeDuration(millis))
const pairsOf = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

function portRow({ hostIp, hostPort, containerPort, protocol }: PortSetting): PortRow {
  const reach = hostIp === '' ? 'networks' : hostIp === '127.0.0.1' ? 'machine' : 'address'
  return {
    reach,
    address: reach === 'address' ? hostIp : '',
    hostPort: numberText(hostPort),
    containerPort: String(containerPort),
    protocol,
  }
}

const mountRow = ({ sizeBytes, ...mount }: MountSetting): MountRow => ({
  ...mount,
  options: [...mount.options],
  size: bytesText(sizeBytes),
})

const networkRow = (network: NetworkSetting): NetworkRow => ({
  name: network.name,
  aliases: network.aliases.join(' '),
  ipv4Address: network.ipv4Address ?? '',
  ipv6Address: network.ipv6Address ?? '',
})

function limitTexts(settings: ContainerSettings) {
  const { memorySwapBytes: swap } = settings
  return {
    cpu: numberText(settings.cpuLimitCores),
    cpuShares: numberText(settings.cpuShares),
    cpuset: settings.cpuset ?? '',
    memory: bytesText(settings.memoryLimitBytes),
    memoryReservation: bytesText(settings.memoryReservationBytes),
    memorySwap: swap === -1 ? '-1' : bytesText(swap),
    pids: numberText(settings.pidsLimit),
    shm: bytesText(settings.shmBytes),
  }
}

function healthTexts(check: HealthcheckSetting | null) {
  const times = check?.kind === 'check' ? check : null
  const test = times?.test ?? null
  return {
    health: healthKind(check),
    healthTest: Array.isArray(test) ? joinShellWords(test) : (test ?? ''),
    healthInterval: timeText(times?.intervalMillis ?? null),
    healthTimeout: timeText(times?.timeoutMillis ?? null),
    healthStartPeriod: timeText(times?.startPeriodMillis ?? null),
    healthRetries: numberText(times?.retries ?? null),
  }
}

function healthKind(check: HealthcheckSetting | null): CreateForm['health'] {
  if (check?.kind === 'none') return 'none'
  if (check === null || check.test === null) return 'image'
  return typeof check.test === 'string' ? 'shell' : 'words'
}

function gpuTexts(gpus: ContainerSettings['gpus']): Pick<CreateForm, 'gpus' | 'gpuChoice'> {
  if (gpus === null || gpus === 'all') return { gpus: gpus ?? 'none', gpuChoice: '' }
  if (typeof gpus === 'number') return { gpus: 'count', gpuChoice: String(gpus) }
  return { gpus: 'ids', gpuChoice: gpus.join(' ') }
}
