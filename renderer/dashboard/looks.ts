import { bytes, percent, roundBytes } from '../format'
import { bytesAxis, percentAxis } from '../stats/axis'
import type { Looks } from './areaChart'
import type { Usage } from './moments'

/** What the dashboard draws over time. */
export type Figure = 'cpu' | 'memory'

export const usageOf: Readonly<Record<Figure, keyof Usage>> = {
  cpu: 'cpuPercent',
  memory: 'memoryBytes',
}

const percentText = (value: number) => `${Math.round(value * 10) / 10}%`

/** On an axis as high as the highest value asks for. */
export const looks: Readonly<Record<Figure, Looks>> = {
  cpu: { text: percent, axisText: percentText, axis: percentAxis },
  memory: { text: bytes, axisText: roundBytes, axis: bytesAxis },
}

/** On an axis that shows how much of the machine it is, if that is known. */
export function shareLooks(figure: Figure, memoryTotalBytes: number | null): Looks {
  if (figure === 'cpu') return { ...looks.cpu, axis: () => ({ max: 100, step: 25 }) }
  if (memoryTotalBytes === null) return looks.memory
  const { step } = bytesAxis(memoryTotalBytes)
  return { ...looks.memory, axis: () => ({ max: memoryTotalBytes, step }) }
}
