import {
  locateCgroup,
  readCgroupMounts,
  type CgroupFolder,
  type CgroupMount,
  type Controller,
  type KernelRoots,
} from './cgroupPath'
import { cgroupV1 } from './cgroupV1'
import { cgroupV2 } from './cgroupV2'
import type { CgroupVersion, Meter } from './cgroupVersion'
import type { Clock } from './clock'
import { cpuPercent, memoryLimit, type StatsSource, type StatsTarget } from './source'

export interface CgroupSourceOptions {
  roots: KernelRoots
  clock: Clock
  machineMemoryBytes: number | null
}

/** Limits change seldom: each container's turn to have them read again comes every so many ticks. */
const TICKS_PER_LIMITS = 10

const versions: Record<CgroupFolder['version'], CgroupVersion> = { 1: cgroupV1, 2: cgroupV2 }

interface Followed {
  folders: Map<Controller, CgroupFolder>
  cpu: Meter
  /** Null where the memory controller does not reach this cgroup (rootless without delegation). */
  memory: Meter | null
  baseline: { usageNanos: number; atMillis: number } | null
  limits: { cpuPercent: number | null; memoryBytes: number | null }
  limitsDue: boolean
  /** Which of the ticks is its turn, so that not all are read in the same one. */
  turn: number
}

/** Reads the cgroups of containers on this machine's kernel. Costs the engine nothing. */
export class CgroupSource implements StatsSource {
  readonly name = 'cgroup'
  readonly #options: CgroupSourceOptions
  readonly #followed = new Map<string, Followed>()
  /** Read at most once per tick: a burst of containers shares it. */
  #mounts: CgroupMount[] | null = null
  #ticks = 0
  #turns = 0

  constructor(options: CgroupSourceOptions) {
    this.#options = options
  }

  /** False where the cgroup is not on this kernel, not readable, or no file can be opened (EMFILE). */
  follow({ id, pid }: StatsTarget): boolean {
    if (pid === null) return false
    const { roots } = this.#options
    try {
      this.#mounts ??= readCgroupMounts(roots)
      const folders = locateCgroup({ id, pid }, this.#mounts, roots)
      const cpuFolder = folders.get('cpuacct')
      if (!cpuFolder) return false
      const cpu = versions[cpuFolder.version].openCpu(cpuFolder.path)
      this.#followed.set(id, {
        folders,
        cpu,
        memory: openMemory(folders, cpu),
        baseline: null,
        limits: { cpuPercent: null, memoryBytes: null },
        limitsDue: true,
        turn: this.#turns++ % TICKS_PER_LIMITS,
      })
      return true
    } catch (error) {
      if (isSystemError(error)) return false
      throw error
    }
  }

  limitsChanged({ id }: StatsTarget): void {
    const followed = this.#followed.get(id)
    if (followed) followed.limitsDue = true
  }

  sample(id: string) {
    const followed = this.#followed.get(id)
    if (!followed) return null
    try {
      const percent = this.#readCpuPercent(followed)
      const memoryBytes = followed.memory?.read() ?? null
      if (followed.limitsDue || this.#ticks % TICKS_PER_LIMITS === followed.turn) {
        this.#readLimits(followed)
      }
      return {
        cpuPercent: percent,
        memoryBytes,
        cpuLimitPercent: followed.limits.cpuPercent,
        memoryLimitBytes: followed.limits.memoryBytes,
      }
    } catch (error) {
      if (!isSystemError(error)) throw error
      this.unfollow(id)
      return null
    }
  }

  tickDone(): void {
    this.#mounts = null
    this.#ticks++
  }

  discontinuity(): void {
    for (const followed of this.#followed.values()) followed.baseline = null
  }

  unfollow(id: string): void {
    const followed = this.#followed.get(id)
    followed?.cpu.close()
    followed?.memory?.close()
    this.#followed.delete(id)
  }

  close(): void {
    for (const id of this.#followed.keys()) this.unfollow(id)
  }

  /** The counter's increase over the time measured between the two reads, never the nominal one. */
  #readCpuPercent(followed: Followed): number | null {
    const { baseline } = followed
    const atMillis = this.#options.clock.monotonicMillis()
    const usageNanos = followed.cpu.read()
    followed.baseline = { usageNanos, atMillis }
    return baseline && cpuPercent(usageNanos - baseline.usageNanos, atMillis - baseline.atMillis)
  }

  /** Keeps the limits known so far where they cannot be read now. */
  #readLimits(followed: Followed): void {
    const cpu = followed.folders.get('cpu')
    const memory = followed.folders.get('memory')
    try {
      const cores = cpu ? versions[cpu.version].readCpuLimitCores(cpu.path) : null
      const bytes = memory ? versions[memory.version].readMemoryLimitBytes(memory.path) : null
      followed.limits = {
        cpuPercent: cores === null ? null : cores * 100,
        memoryBytes: memoryLimit(bytes, this.#options.machineMemoryBytes),
      }
      followed.limitsDue = false
    } catch (error) {
      if (!isSystemError(error)) throw error
    }
  }
}

/** Closes `cpu` where opening fails for another reason than a missing file. */
function openMemory(folders: Map<Controller, CgroupFolder>, cpu: Meter): Meter | null {
  const folder = folders.get('memory')
  if (!folder) return null
  try {
    return versions[folder.version].openMemory(folder.path)
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null
    cpu.close()
    throw error
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
