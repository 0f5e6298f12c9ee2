import { isMissing, systemCodeOf } from '../systemFiles'
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
import { MachinePressure } from './machinePressure'
import { openNetwork } from './network'
import { openPressure } from './pressure'
import { createReading, field, Rates } from './reading'
import { memoryLimit, type Sample, type StatsSource, type StatsTarget } from './source'
import { Turn } from './turn'

export interface CgroupSourceOptions {
  roots: KernelRoots
  clock: Clock
  machineMemoryBytes: number | null
}

/** How often everything that moves is read, also where nothing of it can have been moved from inside. */
const WHOLE_MILLIS = 10_000
/** Limits change seldom, and mostly with an event; their files are not kept open, so they cost most. */
const LIMITS_MILLIS = 30_000

const versions: Record<CgroupFolder['version'], CgroupVersion> = { 1: cgroupV1, 2: cgroupV2 }

interface Followed {
  folders: Map<Controller, CgroupFolder>
  meters: Meters
  rates: Rates
  limits: { cpuCores: number; memoryBytes: number; processes: number }
  limitsDue: boolean
  wholeTurn: Turn
  limitsTurn: Turn
}

/** Of the controllers that reach a cgroup; rootless without delegation some do not. */
interface Meters {
  cpu: Meter[]
  /**
   * What changes only while the container's processes run: they allocate, fork and meet their quota.
   * While its CPU time stands still, the kernel can at most reclaim memory from it, which shows when the
   * whole is read. These are nearly half the cost of a reading, and most containers are idle at most times.
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
  readonly #machinePressure: MachinePressure
  #tickBegan = false
  /** Read at most once per tick: a burst of containers shares it. */
  #mounts: CgroupMount[] | null = null
  #turns = 0

  constructor(options: CgroupSourceOptions) {
    this.#options = options
    this.#machinePressure = new MachinePressure(options.roots)
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
      openMeters(meters, folders, pid, roots, this.#machinePressure)
      const nowMillis = this.#options.clock.monotonicMillis()
      const index = this.#turns++
      this.#followed.set(id, {
        folders,
        meters,
        rates: new Rates(),
        limits: { cpuCores: Number.NaN, memoryBytes: Number.NaN, processes: Number.NaN },
        limitsDue: true,
        wholeTurn: new Turn(nowMillis, index, WHOLE_MILLIS),
        limitsTurn: new Turn(nowMillis, index, LIMITS_MILLIS),
      })
      return true
    } catch (error) {
      closeMeters(meters)
      if (systemCodeOf(error) !== null) return false
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
      this.#beginTick(atMillis)
      const { meters, rates } = followed
      if (followed.limitsTurn.hasCome(atMillis)) followed.limitsDue = true
      const isTurn = followed.wholeTurn.hasCome(atMillis) || followed.limitsDue
      for (const meter of meters.cpu) meter.read(reading)
      if (!isTurn && rates.isAsBefore(reading, field.cpuNanos)) rates.copyBefore(reading)
      else for (const meter of meters.whileBusy) meter.read(reading)
      for (const meter of meters.always) meter.read(reading)
      if (followed.limitsDue) this.#readLimits(followed)
      reading[field.cpuLimitCores] = followed.limits.cpuCores
      reading[field.memoryLimitBytes] = followed.limits.memoryBytes
      reading[field.processesLimit] = followed.limits.processes
      followed.rates.take(reading, atMillis)
      return followed.rates
    } catch (error) {
      if (systemCodeOf(error) === null) throw error
      this.unfollow(id)
      return null
    }
  }

  tickDone(): void {
    this.#mounts = null
    this.#tickBegan = false
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
    this.#machinePressure.close()
  }

  #beginTick(atMillis: number): void {
    if (this.#tickBegan) return
    this.#tickBegan = true
    this.#machinePressure.look(atMillis)
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
      if (systemCodeOf(error) === null) throw error
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
  machinePressure: MachinePressure,
): void {
  const { cpu, whileBusy, always } = meters
  add(cpu, 'cpuacct', ({ version, path }) => versions[version].openCpu(path))
  add(whileBusy, 'cpu', ({ version, path }) => versions[version].openThrottling?.(path) ?? null)
  add(whileBusy, 'memory', ({ version, path }) => versions[version].openMemory(path))
  add(whileBusy, 'pids', ({ path }) => openProcesses(path))
  add(always, 'blkio', ({ version, path }) => versions[version].openBlockIo(path))
  add(always, 'pressure', ({ path }) => openPressure(path, machinePressure))
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
      const missing = isMissing(error) && controller !== 'cpuacct'
      if (!missing) throw error
    }
  }
}

function closeMeters({ cpu, whileBusy, always }: Meters): void {
  for (const meter of [...cpu, ...whileBusy, ...always]) meter.close()
}
