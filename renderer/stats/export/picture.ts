import type { ChartRow } from '../chartModel'
import { plot } from '../plot'
import { labelsFor } from '../timeChart'
import { timeTicks } from '../timeTicks'
import { shareAt, type Span } from '../timeView'
import type { CanvasColours } from '../useCanvasColours'

export interface PictureChart {
  title: string
  legend: { row: ChartRow; text: string }[]
  /** As it is on screen; null where there is a note instead. */
  canvas: HTMLCanvasElement | null
  note: string | null
}

interface Picture {
  title: string
  subtitle: string
  charts: readonly PictureChart[]
  span: Span
  colours: CanvasColours
}

const margin = 12
const lineHeight = 18
const fontOf = (size: number, weight = 400) => `${weight} ${size}px system-ui, sans-serif`

/** Charts with their titles, legends and time axis as one picture on the page's own background. */
export function drawPicture({
  title,
  subtitle,
  charts,
  span,
  colours,
}: Picture): HTMLCanvasElement {
  const shown = charts.flatMap(({ canvas }) => (canvas ? [canvas] : []))
  const width = Math.max(320, ...shown.map(({ clientWidth }) => clientWidth)) + 2 * margin
  const canvas = document.createElement('canvas')
  const context = contextOf(canvas)

  // Once to learn the height, once to draw.
  const height = paint()
  const ratio = window.devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  context.scale(ratio, ratio)
  context.fillStyle = colours.surface
  context.fillRect(0, 0, width, height)
  paint()
  return canvas

  function paint(): number {
    let y = margin + 14
    write(title, margin, y, fontOf(15, 600), colours.text)
    y += lineHeight
    write(subtitle, margin, y, fontOf(12), colours.muted)
    y += 8
    for (const chart of charts) {
      y += lineHeight + 4
      write(chart.title, margin, y, fontOf(13, 600), colours.text)
      y = paintLegend(chart, y + lineHeight)
      if (!chart.canvas) continue
      const { clientWidth, clientHeight } = chart.canvas
      context.drawImage(chart.canvas, margin, y, clientWidth, clientHeight)
      y += clientHeight
      paintTimes(y + 12, clientWidth)
      y += 16
    }
    return y + margin
  }

  function paintLegend({ legend, note }: PictureChart, top: number): number {
    let [x, y] = [margin, top]
    if (note !== null) write(note, x, y, fontOf(12), colours.muted)
    for (const { row, text } of legend) {
      const needed = 24 + context.measureText(text).width + 16
      if (x > margin && x + needed > width - margin) {
        x = margin
        y += lineHeight
      }
      paintSample(row, x, y)
      write(text, x + 24, y, fontOf(12), colours.text)
      x += 24 + context.measureText(text).width + 16
    }
    return y + 8
  }

  function paintSample(row: ChartRow, x: number, y: number) {
    if (row.look === 'number') return
    context.save()
    context.fillStyle = context.strokeStyle = colours[row.colour]
    if (row.look === 'strip') context.fillRect(x, y - 8, 18, 6)
    else {
      context.lineWidth = row.look === 'main' ? 2 : 1.25
      context.setLineDash([...row.dash])
      context.beginPath()
      context.moveTo(x, y - 4)
      context.lineTo(x + 18, y - 4)
      context.stroke()
    }
    context.restore()
  }

  function paintTimes(y: number, chartWidth: number) {
    const plotWidth = chartWidth - plot.left - plot.right
    for (const { at, text } of timeTicks(span, labelsFor(plotWidth))) {
      const x = margin + plot.left + shareAt(span, at) * plotWidth
      write(text, x, y, fontOf(11), colours.muted, 'center')
    }
  }

  function write(
    text: string,
    x: number,
    y: number,
    font: string,
    colour: string,
    align: CanvasTextAlign = 'left',
  ) {
    context.font = font
    context.fillStyle = colour
    context.textAlign = align
    context.fillText(text, x, y)
  }
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw the picture.')
  return context
}
