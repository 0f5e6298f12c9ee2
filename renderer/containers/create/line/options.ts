import { z } from 'zod'
import { readDuration, readSize, readWhole } from './amounts'
import { splitCsv, splitPair } from './csv'
import type { Draft } from './draft'
import { readMount, readTmpfs, readVolume, type ReadMount } from './mounts'
import { readNetwork } from './networks'
import { readPublish } from './ports'

/** @returns false for a value that cannot be taken. */
export type Take = (draft: Draft, value: string) => boolean

const strings = z.array(z.string())

/** A list of words written as JSON, which Podman takes; null for anything else. */
function readJsonWords(text: string): string[] | null {
  if (!text.startsWith('[')) return null
  try {
    return strings.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const capability = (text: string) => text.toUpperCase().replace(/^CAP_/, '')

function takeMount(draft: Draft, read: ReadMount | null, option: string): boolean {
  if (read === null || !draft.add('mounts', read.mount)) return false
  for (const left of read.left) draft.note('no-field', `${option} … ${left}`)
  return true
}

const takeEnvironment: Take = (draft, text) => {
  const [name, value] = splitPair(text)
  if (value === null) draft.note('from-shell', name)
  return draft.add('environment', { name, value: value ?? '' })
}

const takePublish: Take = (draft, text) => {
  const published = readPublish(text)
  if (published === null || !draft.add('ports', ...published.ports)) return false
  if (published.firstOfRange) draft.note('first-of-range', text)
  return true
}

const takeNetwork: Take = (draft, text) => {
  const read = readNetwork(text, draft.isPodman)
  if (read === null || !draft.add('networks', read.network)) return false
  for (const left of read.left) draft.note('no-field', `--network … ${left}`)
  return true
}

const takeAlias: Take = ({ firstNetwork }, text) => {
  firstNetwork.aliases = [...(firstNetwork.aliases ?? []), text]
  return true
}

/** GPUs are devices of the Container Device Interface in Podman; other such devices have no field. */
const takeDevice: Take = (draft, text) => {
  const gpu = /^nvidia\.com\/gpu=(.+)$/.exec(text)?.[1]
  if (gpu !== undefined) {
    const before = Array.isArray(draft.settings.gpus) ? draft.settings.gpus : []
    return draft.set('gpus', gpu === 'all' ? 'all' : [...before, gpu])
  }
  const [hostPath = '', second, third] = text.split(':')
  const isMode = second !== undefined && third === undefined && /^[rwm]{1,3}$/.test(second)
  return draft.add('devices', {
    hostPath,
    containerPath: isMode || second === undefined ? hostPath : second,
    permissions: (isMode ? second : third) ?? 'rwm',
  })
}

const takeGpus: Take = (draft, text) => {
  let isTaken = false
  for (const field of splitCsv(text)) {
    const [key, value] = splitPair(field)
    if (key === 'all' || value === 'all') isTaken = draft.set('gpus', 'all')
    else if (value === null || key === 'count') {
      isTaken = draft.set('gpus', readWhole(value ?? key))
    } else if (key === 'device') isTaken = draft.set('gpus', value.split(','))
    else draft.note('no-field', `--gpus … ${field}`)
  }
  return isTaken
}

const takeRestart: Take = (draft, text) => {
  const [policy, retries] = splitPair(text, ':')
  const maximumRetries = retries === null || retries === '0' ? null : readWhole(retries)
  return draft.set('restart', { policy, maximumRetries })
}

const takeUlimit: Take = (draft, text) => {
  const [name, value] = splitPair(text)
  const [soft = '', hard = soft] = (value ?? '').split(':')
  return draft.add('ulimits', { name, soft: readWhole(soft), hard: readWhole(hard) })
}

const takeHost: Take = (draft, text) => {
  const at = text.search(/[:=]/)
  const address = text.slice(at + 1).replace(/^\[|\]$/g, '')
  return at > 0 && draft.add('extraHosts', { host: text.slice(0, at), address })
}

const takeEntrypoint: Take = (draft, text) => {
  const words = draft.isPodman ? readJsonWords(text) : null
  return draft.set('entrypoint', words ?? (text === '' ? [] : [text]))
}

const takeCheck: Take = (draft, text) => {
  const words = draft.isPodman ? readJsonWords(text) : null
  if (words === null && text === 'none') return draft.set('healthcheck', { kind: 'none' })
  return draft.check({ test: words ?? text })
}

const takeTime =
  (field: 'intervalMillis' | 'timeoutMillis' | 'startPeriodMillis'): Take =>
  (draft, text) => {
    const millis = readDuration(text)
    return millis !== null && draft.check({ [field]: millis })
  }

const takeSize =
  (field: 'memoryLimitBytes' | 'memoryReservationBytes' | 'shmBytes'): Take =>
  (draft, text) =>
    draft.set(field, readSize(text) ?? text)

const takeWhole =
  (field: 'cpuShares' | 'stopSeconds'): Take =>
  (draft, text) =>
    draft.set(field, readWhole(text) ?? text)

const takeText =
  (field: 'name' | 'workingFolder' | 'user' | 'hostname' | 'cpuset' | 'ipcNamespace'): Take =>
  (draft, text) =>
    draft.set(field, text)

const addText =
  (field: 'groups' | 'dns' | 'dnsSearch' | 'dnsOptions' | 'securityOptions'): Take =>
  (draft, text) =>
    draft.add(field, text)

const takePair =
  (field: 'labels' | 'sysctls'): Take =>
  (draft, text) => {
    const [key, value] = splitPair(text)
    return draft.put(field, key, value ?? '')
  }

/** Options with a value that the settings have a field for. */
export const valueOptions: Record<string, Take> = {
  'add-host': takeHost,
  'cap-add': (draft, text) => draft.add('addedCapabilities', capability(text)),
  'cap-drop': (draft, text) => draft.add('droppedCapabilities', capability(text)),
  'cpu-period': (draft, text) => {
    draft.cpuPeriodMicros = readWhole(text) ?? 0
    return draft.cpuPeriodMicros > 0
  },
  'cpu-quota': (draft, text) => {
    draft.cpuQuotaMicros = readWhole(text)
    return draft.cpuQuotaMicros !== null
  },
  'cpu-shares': takeWhole('cpuShares'),
  cpus: (draft, text) => draft.set('cpuLimitCores', Number(text) || text),
  'cpuset-cpus': takeText('cpuset'),
  device: takeDevice,
  dns: addText('dns'),
  'dns-option': addText('dnsOptions'),
  'dns-search': addText('dnsSearch'),
  entrypoint: takeEntrypoint,
  env: takeEnvironment,
  gpus: takeGpus,
  'group-add': addText('groups'),
  'health-cmd': takeCheck,
  'health-interval': takeTime('intervalMillis'),
  'health-retries': (draft, text) => draft.check({ retries: readWhole(text) ?? 0 }),
  'health-start-period': takeTime('startPeriodMillis'),
  'health-timeout': takeTime('timeoutMillis'),
  hostname: takeText('hostname'),
  ip: ({ firstNetwork }, text) => Boolean((firstNetwork.ipv4Address = text)),
  ip6: ({ firstNetwork }, text) => Boolean((firstNetwork.ipv6Address = text)),
  ipc: takeText('ipcNamespace'),
  label: takePair('labels'),
  memory: takeSize('memoryLimitBytes'),
  'memory-reservation': takeSize('memoryReservationBytes'),
  'memory-swap': (draft, text) => draft.set('memorySwapBytes', text === '-1' ? -1 : readSize(text)),
  mount: (draft, text) => takeMount(draft, readMount(text), '--mount'),
  name: takeText('name'),
  network: takeNetwork,
  'network-alias': takeAlias,
  pid: (draft, text) => draft.set('pidNamespace', text),
  // 0 and -1: no limit.
  'pids-limit': (draft, text) =>
    draft.set('pidsLimit', /^(?:0|-1)$/.test(text) ? null : readWhole(text)),
  publish: takePublish,
  restart: takeRestart,
  'security-opt': addText('securityOptions'),
  'shm-size': takeSize('shmBytes'),
  'stop-signal': (draft, text) => draft.set('stopSignal', text.toUpperCase()),
  'stop-timeout': takeWhole('stopSeconds'),
  sysctl: takePair('sysctls'),
  tmpfs: (draft, text) => takeMount(draft, readTmpfs(text), '--tmpfs'),
  ulimit: takeUlimit,
  user: takeText('user'),
  volume: (draft, text) => takeMount(draft, readVolume(text), '--volume'),
  workdir: takeText('workingFolder'),
}

type Switch = 'init' | 'interactive' | 'privileged' | 'readOnlyRoot' | 'autoRemove' | 'tty'

const turn =
  (field: Switch): Take =>
  (draft, text) =>
    draft.set(field, isTrue(text))

const isTrue = (text: string) => /^(?:1|t|true)$/i.test(text)

/** Switches that the settings have a field for. */
export const switches: Record<string, Take> = {
  init: turn('init'),
  interactive: turn('interactive'),
  'no-healthcheck': (draft, text) => !isTrue(text) || draft.set('healthcheck', { kind: 'none' }),
  privileged: turn('privileged'),
  'read-only': turn('readOnlyRoot'),
  rm: turn('autoRemove'),
  tty: turn('tty'),
  // A container of Longshore's runs in the background always.
  detach: () => true,
}
