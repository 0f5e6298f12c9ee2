import { cpus } from 'node:os'
import { join } from 'node:path'
import { KernelFile, parseInteger } from './kernelFile'

export const resources = ['cpu', 'memory', 'io'] as const
export type Resource = (typeof resources)[number]

const MICROS_PER_MILLI = 1_000
/**
 * Some task nearly always waits for a CPU for a moment: it counts from 1 % of the time on. The machine's
 * time is an average over its busy CPUs (`collect_percpu_times` in kernel/sched/psi.c), in which one that
 * waits all the time on one of them must still be seen.
 */
const CALM_CPU_SHARE = Math.min(0.01, 0.5 / cpus().length)
const total = Buffer.from('total=')

/**
 * The pressure on the machine as a whole (/proc/pressure, Documentation/accounting/psi.rst). A task that
 * waits in a cgroup waits on the machine too, so where the machine's time stands still, the times of all
 * its cgroups do: three files tell that hundreds need not be read.
 */
export class MachinePressure {
  /**
   * Whether any task waited for a resource between the last two looks; for the CPU, long enough to
   * matter. Always where the kernel does not tell.
   */
  readonly waited: Record<Resource, boolean> = { cpu: true, memory: true, io: true }
  readonly #files: Record<Resource, KernelFile | null>
  readonly #micros: Record<Resource, number> = { cpu: NaN, memory: NaN, io: NaN }
  #lookedAtMillis = NaN

  constructor({ procRoot }: { procRoot: string }) {
    const open = (resource: Resource) => openOrNull(join(procRoot, 'pressure', resource))
    this.#files = { cpu: open('cpu'), memory: open('memory'), io: open('io') }
  }

  /** To be called at the beginning of every tick; by a clock that does not jump. */
  look(atMillis: number): void {
    const calmCpuMicros = CALM_CPU_SHARE * (atMillis - this.#lookedAtMillis) * MICROS_PER_MILLI
    this.#lookedAtMillis = atMillis
    for (const resource of resources) {
      const micros = someMicrosOf(this.#files[resource])
      const grownMicros = micros - this.#micros[resource]
      this.#micros[resource] = micros
      // Negated, so that what is not known counts as waiting.
      this.waited[resource] = !(grownMicros <= (resource === 'cpu' ? calmCpuMicros : 0))
    }
  }

  close(): void {
    for (const resource of resources) {
      this.#files[resource]?.close()
      this.#files[resource] = null
    }
  }
}

/** The time in which some task waited; those in which all did are part of it. */
function someMicrosOf(file: KernelFile | null): number {
  if (!file) return NaN
  const { bytes, length } = file.read()
  const at = bytes.indexOf(total)
  return at === -1 || at >= length ? NaN : parseInteger(bytes, at + total.length, length)
}

function openOrNull(path: string): KernelFile | null {
  try {
    return new KernelFile(path)
  } catch {
    return null
  }
}
