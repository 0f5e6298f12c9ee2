import { join } from 'node:path'
import type { MachineStats } from '../../preload/contract/stats'
import { KernelFile, parseInteger, type KernelText } from './kernelFile'

export interface MachineOptions {
  /** This machine's `/proc`; null where the engine's machine is another one. */
  procRoot: string | null
  cores: number
  memoryBytes: number | null
}

const KIB = 1_024
const memTotal = Buffer.from('MemTotal:')
const memAvailable = Buffer.from('MemAvailable:')
/** Of the first line of /proc/stat (proc_stat(5)): after the first three (user, nice, system). */
const IDLE_COLUMNS = [3, 4]
/** user nice system idle iowait irq softirq steal; guest time, behind them, is inside user. */
const COLUMNS = 8

/** The engine's machine as a whole: its busy share and its memory. */
export class Machine {
  readonly #options: MachineOptions
  #stat: KernelFile | null = null
  #meminfo: KernelFile | null = null
  #before: { busy: number; total: number } | null = null

  constructor(options: MachineOptions) {
    this.#options = options
    const { procRoot } = options
    if (procRoot === null) return
    try {
      this.#stat = new KernelFile(join(procRoot, 'stat'))
      this.#meminfo = new KernelFile(join(procRoot, 'meminfo'))
    } catch {
      this.close()
    }
  }

  read(): MachineStats {
    const { cores, memoryBytes } = this.#options
    const known = { cores, cpuPercent: null, memoryTotalBytes: memoryBytes, memoryUsedBytes: null }
    if (!this.#stat || !this.#meminfo) return known
    const cpuPercent = this.#cpuPercent(this.#stat.read())
    const memory = this.#meminfo.read()
    const total = memoryBytesOf(memory, memTotal)
    const available = memoryBytesOf(memory, memAvailable)
    if (Number.isNaN(total) || Number.isNaN(available)) return { ...known, cpuPercent }
    return { cores, cpuPercent, memoryTotalBytes: total, memoryUsedBytes: total - available }
  }

  /** No share may span this moment. */
  discontinuity(): void {
    this.#before = null
  }

  close(): void {
    this.#stat?.close()
    this.#meminfo?.close()
    this.#stat = null
    this.#meminfo = null
  }

  /** Busy time over all time of all cores since the last reading, in percent. */
  #cpuPercent(text: KernelText): number | null {
    const now = cpuTimesOf(text)
    const before = this.#before
    this.#before = now
    if (!before || now.total <= before.total || now.busy < before.busy) return null
    return Math.min(100, ((now.busy - before.busy) / (now.total - before.total)) * 100)
  }
}

function memoryBytesOf({ bytes, length }: KernelText, key: Buffer): number {
  const at = bytes.indexOf(key)
  if (at === -1 || at >= length) return Number.NaN
  let from = at + key.length
  while (bytes[from] === 0x20) from++
  return parseInteger(bytes, from, length) * KIB
}

/** The first line: `cpu  user nice system idle iowait irq softirq steal guest guest_nice`. */
function cpuTimesOf({ bytes, length }: KernelText): { busy: number; total: number } {
  let busy = 0
  let total = 0
  let at = 'cpu'.length
  for (let column = 0; column < COLUMNS; column++) {
    while (at < length && bytes[at] === 0x20) at++
    const time = parseInteger(bytes, at, length) || 0
    while (at < length && (bytes[at] ?? 0) > 0x20) at++
    total += time
    if (!IDLE_COLUMNS.includes(column)) busy += time
  }
  return { busy, total }
}
