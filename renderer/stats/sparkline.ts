import type { Ring } from './ring'

/** Where a sparkline goes; CSS pixels. */
export interface Box {
  width: number
  height: number
}

/** What a sparkline needs of a canvas. */
type Pen = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>

/** Half the line's width, and a little air: the line is not cut off at the edges. */
const margin = 1

/**
 * Traces a ring from left to right, from 0 at the bottom to `top`; what is higher stays at the upper
 * edge. A gap breaks the line.
 */
export function traceRing(pen: Pen, ring: Ring, top: number, { width, height }: Box) {
  const step = width / (ring.length - 1)
  const scale = top > 0 ? (height - 2 * margin) / top : 0
  let broken = true
  for (let index = 0; index < ring.length; index++) {
    const value = ring[index] ?? Number.NaN
    if (Number.isNaN(value)) {
      broken = true
      continue
    }
    const x = index * step
    const y = Math.max(margin, height - margin - value * scale)
    if (broken) pen.moveTo(x, y)
    else pen.lineTo(x, y)
    broken = false
  }
}

/** Draws a ring as a line of this colour. */
export function drawSparkline(
  context: CanvasRenderingContext2D,
  ring: Ring,
  top: number,
  box: Box,
  colour: string,
) {
  context.beginPath()
  traceRing(context, ring, top, box)
  context.strokeStyle = colour
  context.lineWidth = 1.25
  context.lineJoin = 'round'
  context.stroke()
}
