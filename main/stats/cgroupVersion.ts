import { join } from 'node:path'
import { KernelFile } from './kernelFile'

/** A kept-open counter or gauge. Throws the system's error (ENODEV once the cgroup is gone). */
export interface Meter {
  read(): number
  close(): void
}

/** How one version of cgroups tells usage and limits; `folder` is the container's, absolute. */
export interface CgroupVersion {
  /** CPU time used so far, nanoseconds. */
  openCpu(folder: string): Meter
  /** Memory in use without the inactive page cache, bytes. */
  openMemory(folder: string): Meter
  /** The CPU quota in cores; null: none. */
  readCpuLimitCores(folder: string): number | null
  /** Bytes; null: none. */
  readMemoryLimitBytes(folder: string): number | null
}

/**
 * A meter of the usage in `usageName` less the inactive page cache, which memory.stat tells under
 * `inactiveFileKey`.
 */
export function openMemoryMeter(folder: string, usageName: string, inactiveFileKey: Buffer): Meter {
  const usage = new KernelFile(join(folder, usageName))
  const stat = openBeside(usage, join(folder, 'memory.stat'))
  return {
    read: () => withoutInactiveFile(usage.readInteger() ?? 0, stat.readKeyed(inactiveFileKey) ?? 0),
    close() {
      usage.close()
      stat.close()
    },
  }
}

/**
 * What `docker stats` calls memory usage (docker/cli, `calculateMemUsageUnixNoCache`): the page cache
 * that has not been used lately goes first when memory is needed, so it does not count.
 */
export function withoutInactiveFile(usageBytes: number, inactiveFileBytes: number): number {
  return inactiveFileBytes < usageBytes ? usageBytes - inactiveFileBytes : usageBytes
}

function openBeside(first: KernelFile, path: string): KernelFile {
  try {
    return new KernelFile(path)
  } catch (error) {
    first.close()
    throw error
  }
}
