import { units } from '../stats/units'
import type { Looks } from './areaChart'
import type { Usage } from './moments'

/** What the dashboard draws over time. */
export type Figure = 'cpu' | 'memory'

export const usageOf: Readonly<Record<Figure, keyof Usage>> = {
  cpu: 'cpuPercent',
  memory: 'memoryBytes',
}

/** On an axis as high as the highest value asks for. */
export const looks: Readonly<Record<Figure, Looks>> = {
  cpu: units.percent,
  memory: units.bytes,
}

/** On an axis that shows how much of the machine it is, if that is known. */
export function shareLooks(figure: Figure, memoryTotalBytes: number | null): Looks {
  if (figure === 'cpu') return { ...looks.cpu, axis: () => ({ max: 100, step: 25 }) }
  if (memoryTotalBytes === null) return looks.memory
  // The lines stand at whole powers of two, the uppermost little above what there is.
  const step = 2 ** Math.ceil(Math.log2(memoryTotalBytes / 6))
  const max = Math.ceil(memoryTotalBytes / step) * step
  return { ...looks.memory, axis: () => ({ max, step }) }
}
