import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartDataset,
  type ChartOptions,
} from 'chart.js'
import { highestOf, type ChartLine, type ChartModel } from './chartModel'
import { setDatasets } from './datasets'
import { plot, stripsHeight } from './plot'
import type { Point } from './series'
import { createStrips } from './strips'
import { timeTicks } from './timeTicks'
import type { Span } from './timeView'
import { units } from './units'
import type { CanvasColours } from './useCanvasColours'

type Lines = Chart<'line', Point[]>
type Dataset = ChartDataset<'line', Point[]>

/** A chart over time on a canvas. It stands alone: nothing but the canvas's element is asked of the page. */
export interface TimeChart {
  /** Shows what the model's points have become within a stretch of time. */
  draw: (model: ChartModel, span: Span, colours: CanvasColours) => void
  destroy: () => void
}

const font = { family: 'system-ui, sans-serif', size: 11 }

/** @param canvas In an element with a position and a size, which the chart fills. */
export function createTimeChart(canvas: HTMLCanvasElement, first: CanvasColours): TimeChart {
  Chart.register(LineController, LineElement, PointElement, LinearScale, Filler)
  const strips = createStrips({ strips: [], bucketMillis: 1_000, colours: first })
  const chart: Lines = new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: optionsOf(first),
    plugins: [strips],
  })
  let colours = first
  return {
    draw(model, span, next) {
      if (next !== colours) {
        colours = next
        chart.options = optionsOf(colours)
        // Until then `chart.options` are the old ones, and scales would be set on those.
        chart.update('none')
      }
      Object.assign(strips.state, {
        strips: model.strips,
        bucketMillis: model.bucketMillis,
        colours,
      })
      setDatasets(
        chart.data.datasets,
        model.lines.flatMap((line) => datasetsOf(line, model, colours)),
      )
      setScales(chart, model, span)
      chart.update('none')
    },
    destroy: () => chart.destroy(),
  }
}

/** The line, and for a main line of buckets the soft band between its lowest and highest. */
function datasetsOf(line: ChartLine, model: ChartModel, colours: CanvasColours): Dataset[] {
  if (line.look === 'number') return []
  const colour = colours[line.colour]
  const soft = (percent: number) => `color-mix(in srgb, ${colour} ${percent}%, transparent)`
  const plain: Dataset = {
    data: line.series.average,
    borderColor: colour,
    backgroundColor: soft(12),
    borderWidth: line.look === 'main' ? 1.5 : 1,
    borderDash: [...line.dash],
    fill: false,
    stepped: line.look === 'limit' ? 'before' : false,
    pointRadius: 0,
    pointHitRadius: 0,
    spanGaps: false,
  }
  const mains = model.lines.filter(({ look }) => look === 'main').length
  if (line.look !== 'main') return [plain]
  const { edges } = line.series
  if (!edges) return [{ ...plain, fill: mains === 1 ? 'origin' : false }]
  const edge = { ...plain, borderWidth: 0, backgroundColor: soft(mains > 2 ? 14 : 24) }
  return [plain, { ...edge, data: edges.maximum, fill: '+1' }, { ...edge, data: edges.minimum }]
}

function setScales(chart: Lines, model: ChartModel, { from, to }: Span) {
  const { x, y } = chart.options.scales ?? {}
  if (!x || !y) return
  const { axis, axisText } = units[model.unit]
  const { max, step } = axis(highestOf(model, { from, to }))
  Object.assign(x, { min: from, max: to })
  const ticks = {
    ...y.ticks,
    stepSize: step,
    callback: (value: unknown) => axisText(Number(value)),
  }
  Object.assign(y, { min: 0, max, ticks })
  Object.assign(chart.options.layout?.padding ?? {}, {
    bottom: plot.bottom + stripsHeight(model.strips.length),
  })
}

function optionsOf(colours: CanvasColours): ChartOptions<'line'> {
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    // The page follows the pointer itself, for all charts at once.
    events: [],
    layout: { padding: { left: 0, top: plot.top, right: plot.right, bottom: plot.bottom } },
    scales: {
      x: {
        type: 'linear',
        border: { display: false },
        grid: { color: colours.line, drawTicks: false },
        ticks: { display: false },
        afterBuildTicks: (axis) => {
          const { min, max, width } = axis
          axis.ticks = timeTicks({ from: min, to: max }, labelsFor(width)).map(({ at }) => ({
            value: at,
          }))
        },
        afterFit: (axis) => {
          axis.height = 0
        },
      },
      y: {
        type: 'linear',
        border: { display: false },
        grid: { color: colours.line, drawTicks: false },
        // A fixed width: labels that change do not move the chart.
        afterFit: (axis) => {
          axis.width = plot.left
        },
        ticks: { color: colours.muted, font, padding: 6, maxRotation: 0 },
      },
    },
  }
}

const labelPixels = 76

/** How many labels of time fit side by side. */
export const labelsFor = (width: number) => Math.max(2, Math.floor(width / labelPixels))
