import type { Unit } from '../../preload/contract/figures'
import { bytes, percent, roundBytes, roundPercent } from '../format'
import { numberFormat } from '../words/formats'
import { bytesAxis, percentAxis, rateAxis, type Axis } from './axis'

interface UnitLooks {
  /** How a value is written; the form stays the same, so that moving numbers do not move the layout. */
  text: (value: number) => string
  /** How a round value is written at an axis. */
  axisText: (value: number) => string
  axis: (highest: number) => Axis
}

const oneDecimalAtMost = numberFormat({ maximumFractionDigits: 1 })

/** What charts measure in, and how each unit is written and scaled. */
export const units = {
  percent: { text: percent, axisText: roundPercent, axis: percentAxis },
  bytes: { text: bytes, axisText: roundBytes, axis: bytesAxis },
  bytesPerSecond: {
    text: (value: number) => `${bytes(value)}/s`,
    axisText: (value: number) => `${roundBytes(value)}/s`,
    axis: rateAxis,
  },
  count: {
    text: (value: number) => oneDecimalAtMost(value),
    axisText: oneDecimalAtMost,
    axis: percentAxis,
  },
} satisfies Record<Unit, UnitLooks>
