import {
  containerSettings,
  isNetworkAlone,
  portSetting,
  type ContainerSettings,
  type HealthcheckSetting,
  type PortSetting,
} from '../../../preload/contract/containerSettings'
import { LEAST_CORES, LEAST_MEMORY_BYTES } from '../../../preload/contract/limits'
import { parseReference } from '../../../preload/contract/reference'
import { splitShellWords } from '../../../preload/contract/shellWords'
import { readBytes, readCores, readCount } from '../../amounts'
import type { Variable } from './dotEnv'
import type { CreateForm, PortRow } from './form'
import { readDuration } from './line/amounts'

/** What can be wrong with a field; each has its sentence in the words. */
export type FieldError =
  | 'image-missing'
  | 'image'
  | 'name'
  | 'unclosed-quote'
  | 'trailing-backslash'
  | 'not-a-number'
  | 'not-a-count'
  | 'cores-too-small'
  | 'not-a-size'
  | 'unit-missing'
  | 'memory-too-small'
  | 'port'
  | 'port-twice'
  | 'address'
  | 'name-missing'
  | 'no-equals'
  | 'bind-source'
  | 'volume-source'
  | 'target'
  | 'target-twice'
  | 'network'
  | 'network-alone'
  | 'duration'
  | 'test-missing'
  | 'path'
  | 'refused'

/** By field: `name`, `ports.0.hostPort`, … */
export type FormErrors = ReadonlyMap<string, FieldError>

/** moby's `RestrictedNamePattern`, for a volume that is named and not a path. */
const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/
/** A Windows engine takes C:\… as a path too. */
const absolute = /^(?:\/|[a-zA-Z]:[\\/])/

/**
 * Reads the form: the settings, and what is wrong with them. A field that is wrong says nothing in the
 * settings. Rows left wholly empty count for nothing.
 */
export function readForm(form: CreateForm): { settings: ContainerSettings; errors: FormErrors } {
  const reader = new FormReader()
  reader.read(form)
  return { settings: reader.settings, errors: reader.errors }
}

type Name = keyof ContainerSettings

class FormReader {
  readonly settings: ContainerSettings = containerSettings.parse({ image: 'none' })
  readonly errors = new Map<string, FieldError>()

  read(form: CreateForm): void {
    this.#image(form.image)
    this.#text('name', form.name, 'name')
    this.#set('command', this.#words('command', form.command), 'command')
    this.#ports(form.ports)
    this.#environment(form.environment)
    this.#mounts(form)
    this.#networks(form)
    this.#limits(form)
    this.#restart(form)
    this.#health(form)
    this.#process(form)
    this.#devices(form)
    this.#security(form)
  }

  /** Takes a value that the contract takes; what it refuses is told at the field. */
  #set(name: Name, value: unknown, field: string = name, error: FieldError = 'refused'): void {
    const checked = containerSettings.shape[name].safeParse(value)
    if (checked.success) Object.assign(this.settings, { [name]: checked.data })
    else if (!this.errors.has(field)) this.errors.set(field, error)
  }

  #text(name: Name, text: string, error: FieldError = 'refused', field: string = name): void {
    if (text.trim() !== '') this.#set(name, text.trim(), field, error)
  }

  #list(name: Name, text: string, error: FieldError = 'refused'): void {
    this.#set(name, listOf(text), name, error)
  }

  #words(field: string, text: string): string[] {
    const split = splitShellWords(text)
    if (split.ok) return split.words
    this.errors.set(field, split.reason)
    return []
  }

  #count(name: Name, field: keyof CreateForm, text: string): void {
    const amount = readCount(text)
    if (!amount.ok) this.errors.set(field, amount.reason)
    else if (amount.value !== null) this.#set(name, amount.value, field, 'not-a-count')
  }

  #size(name: Name, field: keyof CreateForm, text: string, least = 1): void {
    const amount = readBytes(text)
    if (!amount.ok) this.errors.set(field, amount.reason)
    else if (amount.value === null) return
    else if (amount.value < least) {
      this.errors.set(field, least === 1 ? 'not-a-size' : 'memory-too-small')
    } else this.#set(name, amount.value, field, 'not-a-size')
  }

  #image(text: string): void {
    const trimmed = text.trim()
    if (trimmed === '') this.errors.set('image', 'image-missing')
    else if (/^(?:sha256:)?[a-f0-9]{64}$/.test(trimmed) || parseReference(trimmed).ok) {
      this.#set('image', trimmed)
    } else this.errors.set('image', 'image')
  }

  #ports(rows: readonly PortRow[]): void {
    const taken = new Set<string>()
    const ports = rows.flatMap((row, index) => {
      const hostPort = row.hostPort.trim()
      const containerPort = row.containerPort.trim()
      if (hostPort === '' && containerPort === '') return []
      const at = (field: string) => `ports.${index}.${field}`
      if (!isPort(containerPort)) this.errors.set(at('containerPort'), 'port')
      if (hostPort !== '' && !isPort(hostPort)) this.errors.set(at('hostPort'), 'port')
      const hostIp = addressOf(row)
      const isAddress = portSetting.shape.hostIp.safeParse(hostIp).success
      if (!isAddress || (row.reach === 'address' && hostIp === '')) {
        this.errors.set(at('address'), 'address')
      }
      const key = `${hostIp} ${Number(hostPort)}/${row.protocol}`
      if (hostPort !== '' && taken.has(key)) this.errors.set(at('hostPort'), 'port-twice')
      taken.add(key)
      return [
        {
          hostIp,
          hostPort: hostPort === '' ? null : Number(hostPort),
          containerPort: Number(containerPort),
          protocol: row.protocol,
        },
      ]
    })
    this.#rows('ports', ports)
  }

  /** Something in these rows is told already. */
  #has(rows: string): boolean {
    return [...this.errors.keys()].some((field) => field.startsWith(`${rows}.`))
  }

  #environment(rows: readonly Variable[]): void {
    const variables = this.#pairs('environment', rows)
    for (const [index, { name }] of rows.entries()) {
      if (name.includes('=')) this.errors.set(`environment.${index}.name`, 'no-equals')
    }
    this.#rows('environment', variables)
  }

  #rows(name: Name, value: unknown): void {
    if (!this.#has(name)) this.#set(name, value)
  }

  #pairs(field: string, rows: readonly Variable[]): Variable[] {
    return rows.flatMap(({ name, value }, index) => {
      const trimmed = name.trim()
      if (trimmed === '' && value === '') return []
      if (trimmed === '') this.errors.set(`${field}.${index}.name`, 'name-missing')
      return [{ name: trimmed, value }]
    })
  }

  #mounts({ mounts: rows }: CreateForm): void {
    const mounted = new Set<string>()
    const mounts = rows.flatMap(({ kind, readOnly, options, ...row }, index) => {
      const target = row.target.trim()
      const source = kind === 'tmpfs' ? '' : row.source.trim()
      if (source === '' && target === '') return []
      const at = (field: string) => `mounts.${index}.${field}`
      if (kind === 'bind' && !absolute.test(source)) this.errors.set(at('source'), 'bind-source')
      if (kind === 'volume' && source !== '' && !volumeName.test(source)) {
        this.errors.set(at('source'), 'volume-source')
      }
      if (!target.startsWith('/')) this.errors.set(at('target'), 'target')
      else if (mounted.has(target)) this.errors.set(at('target'), 'target-twice')
      mounted.add(target)
      const size = readBytes(kind === 'tmpfs' ? row.size : '')
      if (!size.ok) this.errors.set(at('size'), size.reason)
      return [{ kind, source, target, readOnly, options, sizeBytes: size.ok ? size.value : null }]
    })
    this.#rows('mounts', mounts)
  }

  #networks(form: CreateForm): void {
    const rows = form.networks.filter((row) => Object.values(row).some((text) => text !== ''))
    form.networks.forEach(({ name, ...row }, index) => {
      const isNamed = name.trim() !== ''
      if (!isNamed && Object.values(row).some((text) => text !== '')) {
        this.errors.set(`networks.${index}.name`, 'name-missing')
      }
      if (isNetworkAlone(name.trim()) && rows.length > 1) {
        this.errors.set(`networks.${index}.name`, 'network-alone')
      }
      for (const field of ['ipv4Address', 'ipv6Address'] as const) {
        const text = row[field].trim()
        const given = [{ name: 'any', [field]: text }]
        if (text !== '' && !containerSettings.shape.networks.safeParse(given).success) {
          this.errors.set(`networks.${index}.${field}`, 'address')
        }
      }
    })
    this.#rows(
      'networks',
      rows.map((row) => ({
        name: row.name.trim(),
        aliases: listOf(row.aliases),
        ipv4Address: row.ipv4Address.trim() || null,
        ipv6Address: row.ipv6Address.trim() || null,
      })),
    )
    this.#text('hostname', form.hostname)
    this.#list('dns', form.dns, 'address')
    this.#list('dnsSearch', form.dnsSearch)
    this.#list('dnsOptions', form.dnsOptions)
    const hosts = this.#pairs('extraHosts', form.extraHosts)
    this.#rows(
      'extraHosts',
      hosts.map(({ name, value }) => ({ host: name, address: value.trim() })),
    )
  }

  #limits(form: CreateForm): void {
    const cores = readCores(form.cpu)
    if (!cores.ok) this.errors.set('cpu', cores.reason)
    else if (cores.value !== null && cores.value < LEAST_CORES) {
      this.errors.set('cpu', 'cores-too-small')
    } else this.#set('cpuLimitCores', cores.value, 'cpu', 'not-a-number')
    this.#size('memoryLimitBytes', 'memory', form.memory, LEAST_MEMORY_BYTES)
    this.#size(
      'memoryReservationBytes',
      'memoryReservation',
      form.memoryReservation,
      LEAST_MEMORY_BYTES,
    )
    if (form.memorySwap.trim() === '-1') this.#set('memorySwapBytes', -1)
    else this.#size('memorySwapBytes', 'memorySwap', form.memorySwap)
    this.#count('cpuShares', 'cpuShares', form.cpuShares)
    this.#text('cpuset', form.cpuset)
    this.#count('pidsLimit', 'pids', form.pids)
    this.#size('shmBytes', 'shm', form.shm)
  }

  #restart(form: CreateForm): void {
    const retries = readCount(form.restart === 'on-failure' ? form.restartRetries : '')
    if (!retries.ok) this.errors.set('restartRetries', retries.reason)
    const maximumRetries = retries.ok ? retries.value : null
    const restart = { policy: form.restart, maximumRetries }
    this.#set('restart', restart, 'restartRetries', 'not-a-count')
    this.#set('autoRemove', form.autoRemove)
    this.#text('stopSignal', form.stopSignal.toUpperCase())
    this.#count('stopSeconds', 'stopSeconds', form.stopSeconds)
  }

  #health(form: CreateForm): void {
    if (form.health === 'none') {
      this.#set('healthcheck', { kind: 'none' })
      return
    }
    const test = this.#test(form)
    const retries = readCount(form.healthRetries)
    if (!retries.ok) this.errors.set('healthRetries', retries.reason)
    const check: HealthcheckSetting = {
      kind: 'check',
      test,
      intervalMillis: this.#time('healthInterval', form.healthInterval),
      timeoutMillis: this.#time('healthTimeout', form.healthTimeout),
      startPeriodMillis: this.#time('healthStartPeriod', form.healthStartPeriod),
      retries: retries.ok ? retries.value : null,
    }
    const { intervalMillis, timeoutMillis, startPeriodMillis } = check
    const told = [test, intervalMillis, timeoutMillis, startPeriodMillis, check.retries]
    if (told.some((one) => one !== null)) this.#set('healthcheck', check, 'healthTest')
  }

  #test({ health, healthTest }: CreateForm): string | string[] | null {
    if (health === 'image') return null
    if (healthTest.trim() === '') {
      this.errors.set('healthTest', 'test-missing')
      return null
    }
    return health === 'shell' ? healthTest : this.#words('healthTest', healthTest)
  }

  #time(field: keyof CreateForm, text: string): number | null {
    const trimmed = text.trim()
    if (trimmed === '') return null
    const millis = readDuration(trimmed.replaceAll(' ', ''))
    if (millis === null) this.errors.set(field, 'duration')
    return millis
  }

  #process(form: CreateForm): void {
    this.#text('user', form.user)
    this.#list('groups', form.groups)
    if (form.ownEntrypoint) this.#set('entrypoint', this.#words('entrypoint', form.entrypoint))
    this.#text('workingFolder', form.workingFolder, 'path')
    const labels = this.#pairs('labels', form.labels)
    this.#rows('labels', Object.fromEntries(labels.map(({ name, value }) => [name, value])))
    this.#set('init', form.init)
    this.#set('tty', form.tty)
    this.#set('interactive', form.interactive)
    this.#text('pidNamespace', form.pid, 'refused', 'pid')
    this.#text('ipcNamespace', form.ipc, 'refused', 'ipc')
    form.ulimits.forEach((row, index) => {
      const given = [ulimitOf(row)]
      if (row.name !== '' && !containerSettings.shape.ulimits.safeParse(given).success) {
        this.errors.set(`ulimits.${index}.name`, 'refused')
      }
    })
    this.#rows('ulimits', form.ulimits.filter(({ name }) => name !== '').map(ulimitOf))
    const sysctls = this.#pairs('sysctls', form.sysctls)
    this.#rows('sysctls', Object.fromEntries(sysctls.map(({ name, value }) => [name, value])))
  }

  #devices({ devices: rows, gpus, gpuChoice }: CreateForm): void {
    rows.forEach(({ hostPath }, index) => {
      if (hostPath !== '' && !hostPath.startsWith('/')) {
        this.errors.set(`devices.${index}.hostPath`, 'path')
      }
    })
    this.#rows(
      'devices',
      rows
        .filter(({ hostPath }) => hostPath.trim() !== '')
        .map(({ hostPath, containerPath, permissions }) => ({
          hostPath: hostPath.trim(),
          containerPath: containerPath.trim() || hostPath.trim(),
          permissions,
        })),
    )
    if (gpus === 'all') this.#set('gpus', 'all')
    else if (gpus === 'count') this.#set('gpus', Number(gpuChoice), 'gpuChoice', 'not-a-count')
    else if (gpus === 'ids') this.#set('gpus', listOf(gpuChoice), 'gpuChoice')
  }

  #security(form: CreateForm): void {
    this.#set('privileged', form.privileged)
    this.#set('readOnlyRoot', form.readOnlyRoot)
    const capabilities = (text: string) =>
      listOf(text).map((name) => name.toUpperCase().replace(/^CAP_/, ''))
    this.#set('addedCapabilities', capabilities(form.addedCapabilities))
    this.#set('droppedCapabilities', capabilities(form.droppedCapabilities))
    this.#list('securityOptions', form.securityOptions)
  }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
}

/** A port that can be looked up already, while other fields may still be wrong; null: not yet. */
export function readPortRow(row: PortRow): PortSetting | null {
  const hostPort = row.hostPort.trim()
  const containerPort = row.containerPort.trim()
  if (!isPort(containerPort) || (hostPort !== '' && !isPort(hostPort))) return null
  const port = {
    hostIp: addressOf(row),
    hostPort: hostPort === '' ? null : Number(hostPort),
    containerPort: Number(containerPort),
    protocol: row.protocol,
  }
  return portSetting.safeParse(port).success ? port : null
}

function addressOf({ reach, address }: PortRow): string {
  return { machine: '127.0.0.1', networks: '', address: address.trim() }[reach]
}

/** Words with spaces or commas between. */
function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}

function ulimitOf({ name, soft, hard }: CreateForm['ulimits'][number]) {
  const limit = (text: string) => (/^-?\d+$/.test(text.trim()) ? Number(text) : NaN)
  const softLimit = limit(soft === '' ? hard : soft)
  return { name: name.trim(), soft: softLimit, hard: hard === '' ? softLimit : limit(hard) }
}
