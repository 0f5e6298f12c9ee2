import { join } from 'node:path'
import { openMemoryMeter, type CgroupVersion } from './cgroupVersion'
import { KernelFile, readKernelText } from './kernelFile'

/**
 * "No limit" is LONG_MAX rounded down to a page (mm/page_counter.c), and the page differs: 4 KiB gives
 * 9223372036854771712, 64 KiB less. No machine has 4 EiB.
 */
const UNLIMITED_BYTES = 2 ** 62

const totalInactiveFile = Buffer.from('total_inactive_file ')

/** cgroup v1 (Documentation/admin-guide/cgroup-v1/{cpuacct,memory}.rst, scheduler/sched-bwc.rst). */
export const cgroupV1: CgroupVersion = {
  openCpu(folder) {
    const usage = new KernelFile(join(folder, 'cpuacct.usage'))
    return {
      read: () => usage.readInteger() ?? 0,
      close: () => usage.close(),
    }
  },

  openMemory: (folder) => openMemoryMeter(folder, 'memory.usage_in_bytes', totalInactiveFile),

  readCpuLimitCores(folder) {
    const quotaMicros = Number(readKernelText(join(folder, 'cpu.cfs_quota_us')) ?? -1)
    const periodMicros = Number(readKernelText(join(folder, 'cpu.cfs_period_us')) ?? 0)
    return quotaMicros > 0 && periodMicros > 0 ? quotaMicros / periodMicros : null
  },

  readMemoryLimitBytes(folder) {
    const text = readKernelText(join(folder, 'memory.limit_in_bytes'))
    return text === null || Number(text) > UNLIMITED_BYTES ? null : Number(text)
  },
}
