import type { ByteLimitKind } from '../../../preload/contract/isolation'
import { UNLIMITED_BYTES } from '../../stats/cgroupV1'
import { listFile, parseWeight, processesFile } from './common'
import type { LimitFile, ReadLimit } from './limitFile'

/** The weights that a new cgroup has (Documentation/admin-guide/cgroup-v1/blkio-controller.rst, sched-design). */
const USUAL_SHARES = 1_024
const USUAL_BLKIO_WEIGHT = 500
const USUAL_BFQ_WEIGHT = 100

/** The files of cgroup v1 that limit something (Documentation/admin-guide/cgroup-v1). */
export const limitFilesV1: readonly LimitFile[] = [
  {
    controller: 'cpu',
    name: /^cpu\.cfs_quota_us$/,
    beside: 'cpu.cfs_period_us',
    inherited: true,
    parse(text, { beside }) {
      const [quota, period] = [Number(text), Number(beside)]
      if (!Number.isFinite(quota) || !(period > 0)) return []
      const quotaMicros = quota > 0 ? quota : null
      return [{ kind: 'cpu-quota', quotaMicros, periodMicros: period, set: quota > 0 }]
    },
  },
  weightFile('cpu', 'cpu-weight', /^cpu\.shares$/, USUAL_SHARES),
  listFile('cpus', /^cpuset\.cpus$/),
  listFile('memory-nodes', /^cpuset\.mems$/),
  byteFile('memory-max', /^memory\.limit_in_bytes$/),
  byteFile('memory-and-swap-max', /^memory\.memsw\.limit_in_bytes$/),
  byteFile('memory-reservation', /^memory\.soft_limit_in_bytes$/),
  {
    controller: 'memory',
    name: /^memory\.swappiness$/,
    parse: (text, { atRoot }) =>
      /^\d+$/.test(text) ? [{ kind: 'swappiness', level: Number(text), set: text !== atRoot }] : [],
  },
  {
    controller: 'memory',
    name: /^memory\.oom_control$/,
    parse(text) {
      const off = /^oom_kill_disable 1$/m.test(text)
      return [{ kind: 'oom-kill', mode: off ? 'off' : 'one', set: off }]
    },
  },
  processesFile,
  weightFile('blkio', 'io-weight', /^blkio\.weight$/, USUAL_BLKIO_WEIGHT),
  weightFile('blkio', 'io-weight', /^blkio\.bfq\.weight$/, USUAL_BFQ_WEIGHT),
  {
    controller: 'blkio',
    name: /^blkio\.throttle\.(?<direction>read|write)_(?<unit>bps|iops)_device$/,
    inherited: true,
    parse(text, { groups }) {
      const direction = groups['direction'] === 'read' ? 'read' : 'write'
      const unit = groups['unit'] === 'bps' ? 'bytes' : 'operations'
      return text.split('\n').flatMap((line): ReadLimit[] => {
        const [, device, perSecond] = /^(\d+:\d+) (\d+)$/.exec(line) ?? []
        if (device === undefined) return []
        const rate = { kind: 'io-rate', deviceName: null, set: true } as const
        return [{ ...rate, device, direction, unit, perSecond: Number(perSecond) }]
      })
    },
  },
  {
    controller: 'hugetlb',
    name: /^hugetlb\.(?<size>\d+[KMG]B)\.limit_in_bytes$/,
    parse(text, { groups }) {
      const bytes = parseBytes(text)
      if (bytes === undefined) return []
      return [{ kind: 'huge-pages', pageSize: groups['size'] ?? '', bytes, set: bytes !== null }]
    },
  },
  {
    controller: 'devices',
    name: /^devices\.list$/,
    parse(text) {
      const rules = text.split('\n').filter(Boolean)
      return [{ kind: 'devices', rules, set: !rules.includes('a *:* rwm') }]
    },
  },
]

function weightFile(
  controller: string,
  kind: 'cpu-weight' | 'io-weight',
  name: RegExp,
  usual: number,
): LimitFile {
  return {
    controller,
    name,
    parse: (text) => parseWeight(kind, text, usual),
  }
}

function byteFile(kind: ByteLimitKind, name: RegExp): LimitFile {
  return {
    controller: 'memory',
    name,
    inherited: true,
    parse(text) {
      const bytes = parseBytes(text)
      return bytes === undefined ? [] : [{ kind, bytes, set: bytes !== null }]
    },
  }
}

/** Null: no limit. Undefined: no number. */
function parseBytes(text: string): number | null | undefined {
  if (!/^\d+$/.test(text)) return undefined
  const bytes = Number(text)
  return bytes > UNLIMITED_BYTES ? null : bytes
}
