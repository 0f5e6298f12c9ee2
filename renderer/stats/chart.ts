import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js'
import type { Figure } from './figures'
import { figures } from './figures'
import { labelTimes, spanOf, type Point } from './series'
import type { CanvasColours } from './useCanvasColours'

export type LineChart = Chart<'line', Point[]>

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const secondsFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** A chart of one figure: its line over the window, and its limit as a dashed line. */
export function createChart(
  canvas: HTMLCanvasElement,
  figure: Figure,
  points: Point[],
  colours: CanvasColours,
): LineChart {
  Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip)
  return new Chart(canvas, configuration(figure, points, colours))
}

/** Shows what the points have become, up to `now`. */
export function refresh(chart: LineChart, figure: Figure, limit: number | null, now: number) {
  const [line, limitLine] = chart.data.datasets
  const { x, y } = chart.options.scales ?? {}
  if (!line || !limitLine || !x || !y) return
  const highest = line.data.reduce((top, { y: value }) => (value > top ? value : top), 0)
  const axis = figures[figure].axis(Math.max(highest, limit ?? 0))
  const begin = now - spanOf(line.data)
  Object.assign(x, { min: begin, max: now })
  Object.assign(y, { min: 0, max: axis.max, ticks: { ...y.ticks, stepSize: axis.step } })
  limitLine.data = limit === null ? [] : [begin, now].map((end) => ({ x: end, y: limit }))
  chart.update('none')
}

/** Takes on the colours of another theme. */
export function recolour(chart: LineChart, figure: Figure, colours: CanvasColours) {
  const { data, options } = configuration(figure, [], colours)
  chart.data.datasets.forEach((dataset, index) => {
    const { borderColor, backgroundColor } = data.datasets[index] ?? {}
    Object.assign(dataset, { borderColor, backgroundColor })
  })
  chart.options = options ?? {}
}

function configuration(
  figure: Figure,
  points: Point[],
  colours: CanvasColours,
): ChartConfiguration<'line', Point[]> {
  const { text, axisText } = figures[figure]
  const font = { family: 'system-ui, sans-serif', size: 11 }
  const line = { borderWidth: 1.5, pointRadius: 0, pointHitRadius: 0, tension: 0, spanGaps: false }
  return {
    type: 'line',
    data: {
      datasets: [
        {
          ...line,
          data: points,
          borderColor: colours.accent,
          backgroundColor: `color-mix(in srgb, ${colours.accent} 14%, transparent)`,
          fill: 'origin',
        },
        { ...line, data: [], borderColor: colours.warning, borderDash: [5, 4], borderWidth: 1 },
      ],
    },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false, axis: 'x' },
      scales: {
        x: {
          type: 'linear',
          border: { color: colours.line },
          grid: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = labelTimes(axis.min, axis.max).map((value) => ({ value }))
          },
          ticks: {
            color: colours.muted,
            font,
            maxRotation: 0,
            callback: (value) => timeText(Number(value)),
          },
        },
        y: {
          type: 'linear',
          border: { display: false },
          grid: { color: colours.line, drawTicks: false },
          // A fixed width: labels that change do not move the chart.
          afterFit: (axis) => {
            axis.width = 62
          },
          ticks: { color: colours.muted, font, callback: (value) => axisText(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          displayColors: false,
          animation: false,
          backgroundColor: colours.raised,
          borderColor: colours['line-strong'],
          borderWidth: 1,
          titleColor: colours.muted,
          bodyColor: colours.text,
          titleFont: { ...font, weight: 'normal' },
          bodyFont: { ...font, size: 12 },
          filter: ({ datasetIndex }) => datasetIndex === 0,
          callbacks: {
            title: ([item]) => secondsFormat.format(item?.parsed.x ?? 0),
            label: ({ parsed }) => text(parsed.y ?? 0),
          },
        },
      },
    },
  }
}

const timeText = (at: number) => (at % 60_000 === 0 ? clockFormat : secondsFormat).format(at)
