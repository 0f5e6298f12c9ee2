import type { Chart, Plugin } from 'chart.js'
import type { ChartStrip } from './chartModel'
import { gapMillis } from './history'
import { stripGap, stripHeight } from './plot'
import type { CanvasColours } from './useCanvasColours'

/** What the strips below a chart show. */
interface StripsState {
  strips: readonly ChartStrip[]
  bucketMillis: number
  colours: CanvasColours
}

const barHeight = 6
const faintest = 0.18

/** Draws shares of time as strips below the plot: bare where the share is 0, the fuller the larger. */
export function createStrips(state: StripsState): Plugin & { state: StripsState } {
  return {
    id: 'strips',
    state,
    afterDraw(chart) {
      state.strips.forEach((strip, index) => drawStrip(chart, strip, index, state))
    },
  }
}

function drawStrip(
  chart: Chart,
  { shortLabel, colour, series }: ChartStrip,
  index: number,
  { bucketMillis, colours }: StripsState,
) {
  const { ctx: context, chartArea: area, scales } = chart
  const { x: axis } = scales
  if (!axis) return
  const top = area.bottom + stripGap + index * stripHeight
  // Whole pixels: edges that share one would show as stripes.
  const pixelOf = (at: number) =>
    Math.round(Math.min(area.right, Math.max(area.left, axis.getPixelForValue(at))))

  context.save()
  context.font = '10px system-ui, sans-serif'
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.fillStyle = colours.muted
  context.fillText(shortLabel, area.left - 6, top + barHeight / 2)

  const points = series.average
  const longest = gapMillis(bucketMillis)
  points.forEach(({ x, y }, at) => {
    if (Number.isNaN(y)) return
    // A sample tells of the time before it; a bucket begins at its moment.
    const before = points[at - 1]
    const from = bucketMillis > 1_000 ? x : before && x - before.x < longest ? before.x : x - 1_000
    const to = bucketMillis > 1_000 ? x + bucketMillis : x
    const [begin, end] = [pixelOf(from), pixelOf(to)]
    if (end <= begin) return
    context.globalAlpha = 1
    context.fillStyle = colours.line
    context.fillRect(begin, top, end - begin, barHeight)
    if (y <= 0) return
    // The root makes small shares visible.
    context.globalAlpha = faintest + (1 - faintest) * Math.sqrt(Math.min(1, y / 100))
    context.fillStyle = colours[colour]
    context.fillRect(begin, top, end - begin, barHeight)
  })
  context.restore()
}
