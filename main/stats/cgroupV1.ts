import { join } from 'node:path'
import { openMeter, withoutInactiveFile, type CgroupVersion } from './cgroupVersion'
import { integerOf, keyedOf, readKernelText, sumAfter } from './kernelFile'
import { field } from './reading'

/**
 * Above it a limit of memory is none. "No limit" is LONG_MAX rounded down to a page (mm/page_counter.c), and the page differs: 4 KiB gives
 * 9223372036854771712, 64 KiB less. No machine has 4 EiB.
 */
export const UNLIMITED_BYTES = 2 ** 62

const periods = Buffer.from('nr_periods ')
const throttledPeriods = Buffer.from('nr_throttled ')
const throttledTime = Buffer.from('throttled_time ')
const totalInactiveFile = Buffer.from('total_inactive_file ')
const totalCache = Buffer.from('total_cache ')
const totalRss = Buffer.from('total_rss ')
const oomKill = Buffer.from('oom_kill ')
const read = Buffer.from(' Read ')
const write = Buffer.from(' Write ')

/**
 * cgroup v1 (Documentation/admin-guide/cgroup-v1/{cpuacct,memory,blkio-controller,pids}.rst,
 * scheduler/sched-bwc.rst).
 */
export const cgroupV1: CgroupVersion = {
  openCpu: (folder) =>
    openMeter(({ open }) => {
      const usage = open(join(folder, 'cpuacct.usage'))
      return (into) => {
        into[field.cpuNanos] = integerOf(usage.read())
      }
    }),

  openThrottling: (folder) =>
    openMeter(({ open }) => {
      const stat = open(join(folder, 'cpu.stat'))
      return (into) => {
        const text = stat.read()
        into[field.periods] = keyedOf(text, periods)
        into[field.throttledPeriods] = keyedOf(text, throttledPeriods)
        into[field.throttledNanos] = keyedOf(text, throttledTime)
      }
    }),

  openMemory: (folder) =>
    openMeter(({ open, openIfThere }) => {
      const usage = open(join(folder, 'memory.usage_in_bytes'))
      const stat = open(join(folder, 'memory.stat'))
      // Linux before 4.13 does not count kills here.
      const oomControl = openIfThere(join(folder, 'memory.oom_control'))
      return (into) => {
        const usageBytes = integerOf(usage.read())
        const text = stat.read()
        into[field.memoryBytes] = withoutInactiveFile(usageBytes, keyedOf(text, totalInactiveFile))
        into[field.memoryCacheBytes] = keyedOf(text, totalCache)
        into[field.memoryAnonymousBytes] = keyedOf(text, totalRss)
        if (oomControl) into[field.oomKills] = keyedOf(oomControl.read(), oomKill)
      }
    }),

  openBlockIo: (folder) =>
    openMeter(({ open, openIfThere }) => {
      // Linux before 4.17 does not count those below.
      const bytes =
        openIfThere(join(folder, 'blkio.throttle.io_service_bytes_recursive')) ??
        open(join(folder, 'blkio.throttle.io_service_bytes'))
      return (into) => {
        const text = bytes.read()
        into[field.readBytes] = sumAfter(text, read)
        into[field.writtenBytes] = sumAfter(text, write)
      }
    }),

  readCpuLimitCores(folder) {
    const quotaMicros = Number(readKernelText(join(folder, 'cpu.cfs_quota_us')) ?? -1)
    if (!(quotaMicros > 0)) return null
    const periodMicros = Number(readKernelText(join(folder, 'cpu.cfs_period_us')) ?? 0)
    return periodMicros > 0 ? quotaMicros / periodMicros : null
  },

  readMemoryLimitBytes(folder) {
    const text = readKernelText(join(folder, 'memory.limit_in_bytes'))
    return text === null || Number(text) > UNLIMITED_BYTES ? null : Number(text)
  },
}
