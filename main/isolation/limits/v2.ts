import type { ByteLimitKind } from '../../../preload/contract/isolation'
import { listFile, parseMaximum, parseWeight, processesFile } from './common'
import type { LimitFile, ReadLimit } from './limitFile'

/** The weight that a new cgroup has, of CPU and of I/O. */
const USUAL_WEIGHT = 100

const rates = {
  rbps: { direction: 'read', unit: 'bytes' },
  wbps: { direction: 'write', unit: 'bytes' },
  riops: { direction: 'read', unit: 'operations' },
  wiops: { direction: 'write', unit: 'operations' },
} as const

/** The files of cgroup v2 that limit something (Documentation/admin-guide/cgroup-v2.rst). */
export const limitFilesV2: readonly LimitFile[] = [
  {
    controller: 'cpu',
    name: /^cpu\.max$/,
    inherited: true,
    parse(text) {
      const [, quota, period] = /^(max|\d+) (\d+)$/.exec(text) ?? []
      if (quota === undefined) return []
      const quotaMicros = quota === 'max' ? null : Number(quota)
      const periodMicros = Number(period)
      return [{ kind: 'cpu-quota', quotaMicros, periodMicros, set: quotaMicros !== null }]
    },
  },
  {
    controller: 'cpu',
    name: /^cpu\.weight$/,
    parse: (text) => parseWeight('cpu-weight', text, USUAL_WEIGHT),
  },
  listFile('cpus', /^cpuset\.cpus\.effective$/),
  listFile('memory-nodes', /^cpuset\.mems\.effective$/),
  byteFile('memory-max', /^memory\.max$/),
  byteFile('memory-high', /^memory\.high$/),
  floorFile('memory-low', /^memory\.low$/),
  floorFile('memory-min', /^memory\.min$/),
  byteFile('swap-max', /^memory\.swap\.max$/),
  {
    controller: 'memory',
    name: /^memory\.oom\.group$/,
    parse: (text) => [
      { kind: 'oom-kill', mode: text === '1' ? 'group' : 'one', set: text === '1' },
    ],
  },
  processesFile,
  {
    controller: 'io',
    name: /^io(\.bfq)?\.weight$/,
    // `default 100`, then one line for each device with a weight of its own.
    parse: (text) =>
      parseWeight('io-weight', /^(?:default )?(\d+)$/m.exec(text)?.[1] ?? '', USUAL_WEIGHT),
  },
  { controller: 'io', name: /^io\.max$/, inherited: true, parse: parseRates },
  {
    controller: 'hugetlb',
    name: /^hugetlb\.(?<size>\d+[KMG]B)\.max$/,
    parse(text, { groups }) {
      const bytes = parseMaximum(text)
      if (!bytes) return []
      const pageSize = groups['size'] ?? ''
      return [{ kind: 'huge-pages', pageSize, bytes: bytes.value, set: bytes.value !== null }]
    },
  },
]

/** `8:16 rbps=2097152 wbps=max riops=max wiops=120`, one device per line. */
function parseRates(text: string): ReadLimit[] {
  return text.split('\n').flatMap((line) => {
    const [device = '', ...settings] = line.split(' ')
    if (!/^\d+:\d+$/.test(device)) return []
    return settings.flatMap((setting): ReadLimit[] => {
      const [, name, perSecond] = /^(rbps|wbps|riops|wiops)=(\d+)$/.exec(setting) ?? []
      if (name === undefined) return []
      const rate = rates[name as keyof typeof rates]
      const known = { kind: 'io-rate', deviceName: null, set: true } as const
      return [{ ...known, ...rate, device, perSecond: Number(perSecond) }]
    })
  })
}

function byteFile(kind: ByteLimitKind, name: RegExp): LimitFile {
  return {
    controller: 'memory',
    name,
    inherited: true,
    parse(text) {
      const bytes = parseMaximum(text)
      return bytes ? [{ kind, bytes: bytes.value, set: bytes.value !== null }] : []
    },
  }
}

/** A protection: 0 is none. */
function floorFile(kind: ByteLimitKind, name: RegExp): LimitFile {
  return {
    controller: 'memory',
    name,
    parse(text) {
      const bytes = parseMaximum(text)
      return bytes ? [{ kind, bytes: bytes.value, set: bytes.value !== 0 }] : []
    },
  }
}
