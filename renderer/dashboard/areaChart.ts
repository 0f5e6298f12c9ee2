import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
} from 'chart.js'
import { timeOfDay } from '../format'
import type { Axis } from '../stats/axis'
import { setDatasets } from '../stats/datasets'
import { labelsFor } from '../stats/timeChart'
import { timeTicks } from '../stats/timeTicks'
import type { CanvasColours } from '../stats/useCanvasColours'
import { spanOf } from './moments'

export interface Area {
  label: string
  /** A CSS colour without variables. */
  colour: string
  /** What is told of it, one for each moment; NaN is a gap. */
  values: readonly number[]
  /** Its upper edge, where that is not its values: it stands on another area. */
  tops?: readonly number[]
}

/** How values are written and scaled. */
export interface Looks {
  text: (value: number) => string
  axisText: (value: number) => string
  axis: (highest: number) => Axis
}

interface AreaPoint {
  x: number
  y: number
  value: number
}
export type AreaChart = Chart<'line', AreaPoint[]>

/** An empty chart over time. */
export function createAreaChart(
  canvas: HTMLCanvasElement,
  looks: Looks,
  colours: CanvasColours,
): AreaChart {
  Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip)
  return new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: optionsOf(looks, colours),
  })
}

/** @param at Milliseconds since 1970, strictly increasing. */
export function showAreas(
  chart: AreaChart,
  at: readonly number[],
  areas: readonly Area[],
  looks: Looks,
) {
  setDatasets(
    chart.data.datasets,
    areas.map((area, index) => datasetOf(at, area, index)),
  )
  scale(chart, at, looks.axis(highestOf(areas)))
  chart.update('none')
}

/** Takes on other looks or the colours of another theme; they are seen when areas are shown next. */
export function restyle(chart: AreaChart, looks: Looks, colours: CanvasColours) {
  chart.options = optionsOf(looks, colours)
  // Until then `chart.options` are the old ones, and scales would be set on those.
  chart.update('none')
}

function datasetOf(
  at: readonly number[],
  { label, colour, values, tops }: Area,
  index: number,
): ChartDataset<'line', AreaPoint[]> {
  return {
    label,
    data: at.map((x, moment) => ({
      x,
      y: (tops ?? values)[moment] ?? Number.NaN,
      value: values[moment] ?? Number.NaN,
    })),
    borderColor: colour,
    backgroundColor: `color-mix(in srgb, ${colour} ${tops ? 45 : 14}%, transparent)`,
    fill: tops && index > 0 ? '-1' : 'origin',
    borderWidth: 1.25,
    pointRadius: 0,
    pointHoverRadius: 3,
    pointHoverBorderWidth: 0,
    pointHoverBackgroundColor: colour,
    pointHitRadius: 0,
  }
}

function highestOf(areas: readonly Area[]): number {
  let highest = 0
  for (const { values, tops } of areas) {
    for (const value of tops ?? values) if (value > highest) highest = value
  }
  return highest
}

function scale(chart: AreaChart, at: readonly number[], { max, step }: Axis) {
  const { x, y } = chart.options.scales ?? {}
  if (!x || !y) return
  const end = at.at(-1) ?? 0
  Object.assign(x, { min: end - spanOf(at), max: end })
  Object.assign(y, { max, ticks: { ...y.ticks, stepSize: step } })
}

type Options = NonNullable<ChartConfiguration<'line', AreaPoint[]>['options']>

function optionsOf({ text, axisText }: Looks, colours: CanvasColours): Options {
  const font = { family: 'system-ui, sans-serif', size: 11 }
  const ticks = { color: colours.muted, font }
  let times = new Map<number, string>()
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    // Room for half a label: the chart does not change its size with where the labels stand.
    layout: { autoPadding: false, padding: { top: 8, right: 24 } },
    interaction: { mode: 'index', intersect: false, axis: 'x' },
    scales: {
      x: {
        type: 'linear',
        border: { color: colours.line },
        grid: { display: false },
        afterBuildTicks: (axis) => {
          const shown = timeTicks({ from: axis.min, to: axis.max }, labelsFor(axis.width))
          times = new Map(shown.map(({ at, text }) => [at, text]))
          axis.ticks = shown.map(({ at }) => ({ value: at }))
        },
        ticks: { ...ticks, maxRotation: 0, callback: (value) => times.get(Number(value)) ?? '' },
      },
      y: {
        type: 'linear',
        min: 0,
        border: { display: false },
        grid: { color: colours.line, drawTicks: false },
        // A fixed width: labels that change do not move the chart.
        afterFit: (axis) => {
          axis.width = 62
        },
        ticks: {
          ...ticks,
          callback: (value) => axisText(Number(value)),
        },
      },
    },
    plugins: {
      tooltip: {
        animation: false,
        backgroundColor: colours.raised,
        borderColor: colours['line-strong'],
        borderWidth: 1,
        titleColor: colours.muted,
        bodyColor: colours.text,
        titleFont: { ...font, weight: 'normal' },
        bodyFont: { ...font, size: 12 },
        boxWidth: 8,
        boxHeight: 8,
        boxPadding: 4,
        // As the areas stand: the uppermost first.
        itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
        callbacks: {
          title: ([item]) => timeOfDay(item?.parsed.x ?? 0),
          label: ({ dataset, raw }) => `${dataset.label ?? ''}: ${text(valueOfPoint(raw))}`,
          labelColor: ({ dataset: { borderColor } }) => {
            const colour = typeof borderColor === 'string' ? borderColor : 'transparent'
            return { borderColor: colour, backgroundColor: colour }
          },
        },
      },
    },
  }
}

/** @param point What Chart.js gives back of an `AreaPoint`. */
function valueOfPoint(point: unknown): number {
  const known = typeof point === 'object' && point !== null && 'value' in point
  return known && typeof point.value === 'number' ? point.value : Number.NaN
}
