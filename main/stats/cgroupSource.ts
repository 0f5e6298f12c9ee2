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
import { openProcesses, readProcessesLimit, type CgroupVersion, type Meter } from './cgroupVersion'
import type { Clock } from './clock'
import { openNetwork } from './network'
import { openPressure } from './pressure'
import { createReading, field, Rates } from './reading'
import { memoryLimit, type Sample, type StatsSource, type StatsTarget } from './source'

export interface CgroupSourceOptions {
  roots: KernelRoots
  clock: Clock
  machineMemoryBytes: number | null
}

/**
 * Limits change seldom: each container's turn to have everything read, these included, comes every so
 * many ticks.
 */
const TICKS_PER_TURN = 10

const versions: Record<CgroupFolder['version'], CgroupVersion> = { 1: cgroupV1, 2: cgroupV2 }

interface Followed {
  folders: Map<Controller, CgroupFolder>
  meters: Meters
  rates: Rates
  limits: { cpuCores: number; memoryBytes: number; processes: number }
  limitsDue: boolean
  /** Which of the ticks is its turn, so that not all are read in the same one. */
  turn: number
}

/** Of the controllers that reach a cgroup; rootless without delegation some do not. */
interface Meters {
  cpu: Meter[]
  /**
   * What changes only while the container's processes run: they allocate, fork and meet their quota.
   * While its CPU time stands still, the kernel can at most reclaim memory from it, which shows at its
   * turn. These are nearly half the cost of a reading, and most containers are idle at most times.
   */
  whileBusy: Meter[]
  always: Meter[]
}

/** Reads the cgroups of containers on this machine's kernel. Costs the engine nothing. */
export class CgroupSource implements StatsSource {
  readonly name = 'cgroup'
  readonly #options: CgroupSourceOptions
  readonly #followed = new Map<string, Followed>()
  /** One for all containers: it is turned into rates before the next is read. */
  readonly #reading = createReading()
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
    const meters: Meters = { cpu: [], whileBusy: [], always: [] }
    try {
      this.#mounts ??= readCgroupMounts(roots)
      const folders = locateCgroup({ id, pid }, this.#mounts, roots)
      if (!folders.has('cpuacct')) return false
      openMeters(meters, folders, pid, roots)
      this.#followed.set(id, {
        folders,
        meters,
        rates: new Rates(),
        limits: { cpuCores: Number.NaN, memoryBytes: Number.NaN, processes: Number.NaN },
        limitsDue: true,
        turn: this.#turns++ % TICKS_PER_TURN,
      })
      return true
    } catch (error) {
      closeMeters(meters)
      if (isSystemError(error)) return false
      throw error
    }
  }

  limitsChanged({ id }: StatsTarget): void {
    const followed = this.#followed.get(id)
    if (followed) followed.limitsDue = true
  }

  sample(id: string): Sample | null {
    const followed = this.#followed.get(id)
    if (!followed) return null
    const reading = this.#reading
    reading.fill(Number.NaN)
    try {
      const atMillis = this.#options.clock.monotonicMillis()
      const { meters, rates } = followed
      const isTurn = followed.limitsDue || this.#ticks % TICKS_PER_TURN === followed.turn
      for (const meter of meters.cpu) meter.read(reading)
      if (!isTurn && rates.isAsBefore(reading, field.cpuNanos)) rates.copyBefore(reading)
      else for (const meter of meters.whileBusy) meter.read(reading)
      for (const meter of meters.always) meter.read(reading)
      if (isTurn) this.#readLimits(followed)
      reading[field.cpuLimitCores] = followed.limits.cpuCores
      reading[field.memoryLimitBytes] = followed.limits.memoryBytes
      reading[field.processesLimit] = followed.limits.processes
      followed.rates.take(reading, atMillis)
      return followed.rates
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
    for (const followed of this.#followed.values()) followed.rates.forget()
  }

  unfollow(id: string): void {
    const followed = this.#followed.get(id)
    if (followed) closeMeters(followed.meters)
    this.#followed.delete(id)
  }

  close(): void {
    for (const id of this.#followed.keys()) this.unfollow(id)
  }

  /** Keeps the limits known so far where they cannot be read now. */
  #readLimits(followed: Followed): void {
    const { folders, limits } = followed
    const cpu = folders.get('cpu')
    const memory = folders.get('memory')
    const pids = folders.get('pids')
    try {
      limits.cpuCores = (cpu && versions[cpu.version].readCpuLimitCores(cpu.path)) ?? Number.NaN
      const bytes = memory ? versions[memory.version].readMemoryLimitBytes(memory.path) : null
      limits.memoryBytes = memoryLimit(bytes, this.#options.machineMemoryBytes) ?? Number.NaN
      limits.processes = (pids && readProcessesLimit(pids.path)) ?? Number.NaN
      followed.limitsDue = false
    } catch (error) {
      if (!isSystemError(error)) throw error
    }
  }
}

/**
 * Opens what the container has into `meters`. A controller without files here is left out; throws the
 * system's error for any other reason.
 */
function openMeters(
  meters: Meters,
  folders: Map<Controller, CgroupFolder>,
  pid: number,
  roots: KernelRoots,
): void {
  const { cpu, whileBusy, always } = meters
  add(cpu, 'cpuacct', ({ version, path }) => versions[version].openCpu(path))
  add(whileBusy, 'cpu', ({ version, path }) => versions[version].openThrottling?.(path) ?? null)
  add(whileBusy, 'memory', ({ version, path }) => versions[version].openMemory(path))
  add(whileBusy, 'pids', ({ path }) => openProcesses(path))
  add(always, 'blkio', ({ version, path }) => versions[version].openBlockIo(path))
  add(always, 'pressure', ({ path }) => openPressure(path))
  const network = openNetwork(pid, roots)
  if (network) always.push(network)

  function add(
    to: Meter[],
    controller: Controller,
    open: (folder: CgroupFolder) => Meter | null,
  ): void {
    const folder = folders.get(controller)
    if (!folder) return
    try {
      const meter = open(folder)
      if (meter) to.push(meter)
    } catch (error) {
      const missing = isSystemError(error) && error.code === 'ENOENT' && controller !== 'cpuacct'
      if (!missing) throw error
    }
  }
}

function closeMeters({ cpu, whileBusy, always }: Meters): void {
  for (const meter of [...cpu, ...whileBusy, ...always]) meter.close()
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
