import { join } from 'node:path'
import { openMeter, withoutInactiveFile, type CgroupVersion } from './cgroupVersion'
import { integerOf, keyedOf, readKernelText, sumAfter } from './kernelFile'
import { field } from './reading'

const NANOS_PER_MICRO = 1_000

const usage = Buffer.from('usage_usec ')
const periods = Buffer.from('nr_periods ')
const throttledPeriods = Buffer.from('nr_throttled ')
const throttledTime = Buffer.from('throttled_usec ')
const inactiveFile = Buffer.from('inactive_file ')
const file = Buffer.from('file ')
const anonymous = Buffer.from('anon ')
const oomKill = Buffer.from('oom_kill ')
const readBytes = Buffer.from('rbytes=')
const writtenBytes = Buffer.from('wbytes=')

/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst). */
export const cgroupV2: CgroupVersion = {
  openCpu: (folder) =>
    openMeter(({ open }) => {
      const stat = open(join(folder, 'cpu.stat'))
      return (into) => {
        const text = stat.read()
        into[field.cpuNanos] = keyedOf(text, usage) * NANOS_PER_MICRO
        into[field.periods] = keyedOf(text, periods)
        into[field.throttledPeriods] = keyedOf(text, throttledPeriods)
        into[field.throttledNanos] = keyedOf(text, throttledTime) * NANOS_PER_MICRO
      }
    }),

  openMemory: (folder) =>
    openMeter(({ open, openIfThere }) => {
      const current = open(join(folder, 'memory.current'))
      const stat = open(join(folder, 'memory.stat'))
      const events = openIfThere(join(folder, 'memory.events'))
      return (into) => {
        const usageBytes = integerOf(current.read())
        const text = stat.read()
        into[field.memoryBytes] = withoutInactiveFile(usageBytes, keyedOf(text, inactiveFile))
        into[field.memoryCacheBytes] = keyedOf(text, file)
        into[field.memoryAnonymousBytes] = keyedOf(text, anonymous)
        if (events) into[field.oomKills] = keyedOf(events.read(), oomKill)
      }
    }),

  openBlockIo: (folder) =>
    openMeter(({ open }) => {
      const stat = open(join(folder, 'io.stat'))
      return (into) => {
        const text = stat.read()
        into[field.readBytes] = sumAfter(text, readBytes)
        into[field.writtenBytes] = sumAfter(text, writtenBytes)
      }
    }),

  /** cpu.max holds `quota period`, microseconds, or `max period`. */
  readCpuLimitCores(folder) {
    const [quotaMicros, periodMicros] = (readKernelText(join(folder, 'cpu.max')) ?? 'max')
      .split(' ')
      .map(Number)
    return quotaMicros && periodMicros ? quotaMicros / periodMicros : null
  },

  readMemoryLimitBytes(folder) {
    const text = readKernelText(join(folder, 'memory.max'))
    return text === null || text === 'max' ? null : Number(text)
  },
}
