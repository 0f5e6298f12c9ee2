import { bytes, percent, roundBytes } from '../format'
import { bytesAxis, percentAxis, type Axis } from './axis'

/** What a container is charted by, and how each figure is written and scaled. */
export const figures = {
  cpu: {
    text: percent,
    axisText: (value: number) => `${Math.round(value * 10) / 10}%`,
    axis: percentAxis,
  },
  memory: {
    text: bytes,
    axisText: roundBytes,
    axis: bytesAxis,
  },
} satisfies Record<string, FigureLooks>

interface FigureLooks {
  text: (value: number) => string
  axisText: (value: number) => string
  axis: (highest: number) => Axis
}

export type Figure = keyof typeof figures
