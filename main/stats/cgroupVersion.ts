import { join } from 'node:path'
import { integerOf, KernelFile, openIfThere, readKernelText } from './kernelFile'
import { field, type Reading } from './reading'

/** Kept-open files of one controller. */
export interface Meter {
  /** Fills in its fields. Throws the system's error (ENODEV once the cgroup is gone). */
  read(into: Reading): void
  close(): void
}

/** How one version of cgroups tells usage and limits; `folder` is the container's, absolute. */
export interface CgroupVersion {
  /** Each throws the system's error where its first file cannot be opened; ENOENT: no such controller here. */
  openCpu(folder: string): Meter
  /** The quota's periods, where they are not beside the CPU usage. */
  openThrottling?(folder: string): Meter
  openMemory(folder: string): Meter
  openBlockIo(folder: string): Meter
  /** The CPU quota in cores; null: none. */
  readCpuLimitCores(folder: string): number | null
  /** Bytes; null: none. */
  readMemoryLimitBytes(folder: string): number | null
}

/** How a meter opens its files; what it opened is closed with it. */
interface Opener {
  open: (path: string) => KernelFile
  /** Null where the file does not exist. */
  openIfThere: (path: string) => KernelFile | null
  keep: <File extends { close(): void }>(file: File) => File
}

/** Opens the files of a meter together, or none: what was opened before one that fails is closed again. */
export function openMeter(openAll: (opener: Opener) => (into: Reading) => void): Meter {
  const files: { close(): void }[] = []
  const keep: Opener['keep'] = (file) => {
    files.push(file)
    return file
  }
  const close = () => {
    for (const file of files.splice(0)) file.close()
  }
  try {
    const read = openAll({
      keep,
      open: (path) => keep(new KernelFile(path)),
      openIfThere: (path) => {
        const file = openIfThere(path)
        return file && keep(file)
      },
    })
    return { read, close }
  } catch (error) {
    close()
    throw error
  }
}

/** The limit of the pids controller, the same on both versions; null: none (`max`). */
export function readProcessesLimit(folder: string): number | null {
  const limit = Number(readKernelText(join(folder, 'pids.max')) ?? Number.NaN)
  return Number.isNaN(limit) ? null : limit
}

/** The number of processes and threads, the same on both versions. */
export function openProcesses(folder: string): Meter {
  return openMeter(({ open }) => {
    const current = open(join(folder, 'pids.current'))
    return (into) => {
      into[field.processes] = integerOf(current.read())
    }
  })
}

/**
 * What `docker stats` calls memory usage (docker/cli, `calculateMemUsageUnixNoCache`): the page cache
 * that has not been used lately goes first when memory is needed, so it does not count.
 */
export function withoutInactiveFile(usageBytes: number, inactiveFileBytes: number): number {
  return inactiveFileBytes < usageBytes ? usageBytes - inactiveFileBytes : usageBytes
}
