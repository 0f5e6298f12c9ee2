import type { Figure } from './looks'
import { totalOf, type Moment } from './moments'

/** What the machine and its containers took over time: percent of all cores, or bytes; NaN is a gap. */
export interface MachineSeries {
  at: number[]
  machine: number[]
  containers: number[]
}

export function machineSeries(moments: readonly Moment[], figure: Figure): MachineSeries {
  return {
    at: moments.map(({ at }) => at),
    machine: moments.map((moment) => machineShare(moment, figure) ?? Number.NaN),
    containers: moments.map((moment) => containersShare(moment, figure) ?? Number.NaN),
  }
}

/** Null: not known. */
export function machineShare({ machine }: Moment, figure: Figure): number | null {
  return figure === 'cpu' ? machine.cpuPercent : machine.memoryUsedBytes
}

/** What all containers took together, in the unit of `machineShare`. */
export function containersShare(moment: Moment, figure: Figure): number | null {
  const { cpuPercent, memoryBytes } = totalOf(moment)
  if (figure === 'memory') return memoryBytes
  return cpuPercent === null ? null : cpuPercent / moment.machine.cores
}
