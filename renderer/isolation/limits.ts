import type { Limit, LimitValue } from '../../preload/contract/isolation'
import { cores, roundBytes } from '../format'
import type { useWords } from '../words'

type Words = ReturnType<typeof useWords>['t']

/** The order in which limits are told: CPU, memory, processes, disks, the rest. */
const order: readonly LimitValue['kind'][] = [
  'cpu-quota',
  'cpu-weight',
  'cpus',
  'memory-max',
  'memory-high',
  'memory-and-swap-max',
  'swap-max',
  'memory-reservation',
  'memory-low',
  'memory-min',
  'swappiness',
  'oom-kill',
  'memory-nodes',
  'processes',
  'io-weight',
  'io-rate',
  'huge-pages',
  'devices',
]

/** The limits that restrain, and those that do not, each in the order of telling. */
export function arrangeLimits(limits: readonly Limit[]): { set: Limit[]; unset: Limit[] } {
  const sorted = limits.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  return { set: sorted.filter(({ set }) => set), unset: sorted.filter(({ set }) => !set) }
}

/** What a limit means, in a sentence. */
export function sentenceOf(limit: LimitValue & { set: boolean }, t: Words): string {
  switch (limit.kind) {
    case 'cpu-quota':
      return limit.quotaMicros === null
        ? t('isolation.limits.none')
        : quotaSentence(limit.quotaMicros, limit.periodMicros, t)
    case 'cpu-weight':
    case 'io-weight': {
      if (!limit.set) return t('isolation.limits.usual')
      const { weight, usual } = limit
      const key = limit.kind === 'cpu-weight' ? 'weight' : 'ioWeight'
      return t(`isolation.limits.${key}`, { times: cores(weight / usual), weight, usual })
    }
    case 'cpus':
    case 'memory-nodes': {
      if (!limit.set) return t('isolation.limits.all')
      const key = limit.kind === 'cpus' ? 'cpus' : 'nodes'
      return t(`isolation.limits.${key}`, { list: limit.list })
    }
    case 'memory-max':
      return sizeSentence('memoryMax', limit.bytes, t)
    case 'memory-high':
      return sizeSentence('memoryHigh', limit.bytes, t)
    case 'memory-reservation':
      return sizeSentence('memoryReservation', limit.bytes, t)
    case 'memory-low':
      return sizeSentence('memoryLow', limit.set ? limit.bytes : null, t)
    case 'memory-min':
      return sizeSentence('memoryMin', limit.set ? limit.bytes : null, t)
    case 'memory-and-swap-max':
      return sizeSentence('memoryAndSwap', limit.bytes, t)
    case 'swap-max':
      return limit.bytes === 0
        ? t('isolation.limits.noSwap')
        : sizeSentence('swapMax', limit.bytes, t)
    case 'swappiness':
      return t('isolation.limits.swappiness', { level: limit.level })
    case 'oom-kill':
      return t(`isolation.limits.oom.${limit.mode}`)
    case 'processes':
      return limit.count === null
        ? t('isolation.limits.none')
        : t('isolation.limits.processes', limit.count)
    case 'io-rate': {
      const amount = limit.unit === 'bytes' ? roundBytes(limit.perSecond) : limit.perSecond
      const device = limit.deviceName ?? limit.device
      return t(`isolation.limits.rate.${limit.direction}-${limit.unit}`, { amount, device })
    }
    case 'huge-pages':
      return limit.bytes === null
        ? t('isolation.limits.none')
        : t('isolation.limits.hugePages', { size: roundBytes(limit.bytes), page: limit.pageSize })
    case 'devices':
      return limit.set
        ? t('isolation.limits.devices', limit.rules.length)
        : t('isolation.limits.all')
  }
}

/** "May use half a core: 50 ms of every 100 ms." */
function quotaSentence(quotaMicros: number, periodMicros: number, t: Words): string {
  const share = quotaMicros / periodMicros
  const times = { quota: micros(quotaMicros), period: micros(periodMicros) }
  if (share === 0.5) return t('isolation.limits.halfCore', times)
  return t('isolation.limits.cores', { ...times, cores: cores(share) }, share === 1 ? 1 : 2)
}

/** `800 µs`, `12.5 ms`, `1 s`. */
function micros(count: number): string {
  if (count < 1_000) return `${count} µs`
  if (count < 1_000_000) return `${Math.round(count / 10) / 100} ms`
  return `${Math.round(count / 10_000) / 100} s`
}

type SizeKey =
  | 'memoryMax'
  | 'memoryHigh'
  | 'memoryReservation'
  | 'memoryLow'
  | 'memoryMin'
  | 'memoryAndSwap'
  | 'swapMax'

function sizeSentence(key: SizeKey, size: number | null, t: Words): string {
  return size === null
    ? t('isolation.limits.none')
    : t(`isolation.limits.${key}`, { size: roundBytes(size) })
}

/** The limits that most people set, a few words each: `0.5 cores`, `64 MiB`, `50 processes`. */
export function shortLimits(limits: readonly Limit[], t: Words): string[] {
  return arrangeLimits(limits)
    .set.filter(({ ancestor }) => ancestor === null)
    .flatMap((limit) => {
      if (limit.kind === 'cpu-quota' && limit.quotaMicros !== null) {
        const share = limit.quotaMicros / limit.periodMicros
        return [t('isolation.picture.cores', { cores: cores(share) }, share === 1 ? 1 : 2)]
      }
      if (limit.kind === 'memory-max' && limit.bytes !== null) return [roundBytes(limit.bytes)]
      if (limit.kind === 'processes' && limit.count !== null) {
        return [t('isolation.picture.processes', limit.count)]
      }
      return []
    })
}

/** `cpu.max = 50000 100000`; a file of many lines is only named. */
export function fileText({ file, raw, kind }: Limit): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const isShort = kind !== 'oom-kill' && !raw.includes('\n')
  return isShort ? `${name} = ${raw}` : name
}
