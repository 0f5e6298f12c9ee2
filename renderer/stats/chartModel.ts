import type { Unit } from '../../preload/contract/figures'
import type { MetricSeries } from './history'
import type { Point } from './series'
import type { Span } from './timeView'
import type { CanvasColours } from './useCanvasColours'

/** One line of a chart, with its row in the legend. */
export interface ChartLine {
  id: string
  label: string
  unit: Unit
  colour: keyof CanvasColours
  series: MetricSeries
  /**
   * - `main`: what the chart is about; filled below, with its lowest and highest where points are buckets.
   * - `part`: a thinner line that tells more of it.
   * - `limit`: dashed, in steps.
   * - `number`: not drawn, only told in the legend.
   */
  look: 'main' | 'part' | 'limit' | 'number'
  /** Lengths of dashes and gaps, CSS pixels; none: a whole line. */
  dash: readonly number[]
}

/** A share of time below a chart, the darker the larger: waiting for a resource, or being held back. */
export interface ChartStrip {
  id: string
  label: string
  /** A word or two for the place left of the strip. */
  shortLabel: string
  colour: keyof CanvasColours
  series: MetricSeries
}

export interface ChartModel {
  id: string
  title: string
  unit: Unit
  lines: ChartLine[]
  strips: ChartStrip[]
  /** A limit is drawn while it is at most so many times the highest value: one far away flattens the rest. */
  limitReach: number
  /** The time that one point stands for; milliseconds. */
  bucketMillis: number
  /** Said instead of the chart, where nothing of it can be known. */
  note: string | null
  /** Changes whenever points have changed. */
  version: number
}

/** Everything of a chart that is told in numbers, in the legend's order. */
export function rowsOf({ lines, strips }: ChartModel): readonly (ChartLine | ChartStripRow)[] {
  return [
    ...lines,
    ...strips.map((strip): ChartStripRow => ({ ...strip, look: 'strip', unit: 'percent' })),
  ]
}

interface ChartStripRow extends ChartStrip {
  look: 'strip'
  unit: 'percent'
}

export type ChartRow = ReturnType<typeof rowsOf>[number]

export const topsOf = ({ average, edges }: MetricSeries): readonly Point[] =>
  edges?.maximum ?? average

/** The highest value to draw within a stretch of time, with the limits that are near enough. */
export function highestOf(model: ChartModel, span: Span): number {
  const { highest, limit } = highestValues(model, span)
  return isLimitDrawn(model, span) ? Math.max(highest, limit) : highest
}

/** False: the limit is so far above the rest that it is only told in the legend. */
export function isLimitDrawn(model: ChartModel, span: Span): boolean {
  if (model.limitReach === Infinity) return true
  const { highest, limit } = highestValues(model, span)
  return limit <= highest * model.limitReach
}

function highestValues({ lines }: ChartModel, span: Span) {
  const highestOfLook = (looks: readonly ChartLine['look'][]) =>
    lines
      .filter(({ look }) => looks.includes(look))
      .reduce((highest, { series }) => Math.max(highest, highestIn(topsOf(series), span)), 0)
  return { highest: highestOfLook(['main', 'part']), limit: highestOfLook(['limit']) }
}

function highestIn(points: readonly Point[], { from, to }: Span): number {
  let highest = 0
  for (const { x, y } of points) if (x >= from && x <= to && y > highest) highest = y
  return highest
}
