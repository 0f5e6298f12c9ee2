import { join } from 'node:path'
import { openMemoryMeter, type CgroupVersion } from './cgroupVersion'
import { KernelFile, readKernelText } from './kernelFile'

const NANOS_PER_MICRO = 1_000

const usageMicros = Buffer.from('usage_usec ')
const inactiveFile = Buffer.from('inactive_file ')

/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst). */
export const cgroupV2: CgroupVersion = {
  openCpu(folder) {
    const stat = new KernelFile(join(folder, 'cpu.stat'))
    return {
      read: () => (stat.readKeyed(usageMicros) ?? 0) * NANOS_PER_MICRO,
      close: () => stat.close(),
    }
  },

  openMemory: (folder) => openMemoryMeter(folder, 'memory.current', inactiveFile),

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
