import { createSharedComposable, useDevicePixelRatio } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import type { Drawing } from './drawingQueue'
import type { Box } from './sparkline'
import { useCanvasColours, type CanvasColours } from './useCanvasColours'
import { useDrawingQueue } from './useDrawingQueue'

type Paint = (context: CanvasRenderingContext2D, colours: CanvasColours) => void

/** A canvas that the page's sparklines are drawn on. */
export interface Registered {
  /** Its values have changed. */
  ask: () => void
  remove: () => void
}

/** All sparklines of the page: one queue, one observer and one set of colours, while there is any. */
export const useSparklines = createSharedComposable(() => {
  const colours = useCanvasColours()
  const { pixelRatio } = useDevicePixelRatio()
  const queue = useDrawingQueue()
  const drawings = new Map<Element, Drawing>()
  const outOfView = new Set<Element>()
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) outOfView.delete(target)
      else outOfView.add(target)
    }
  })

  /**
   * @param box The canvas's size in CSS pixels; not asked of the page, which would lay it out anew.
   * @param paint Paints on a clear canvas, in CSS pixels.
   */
  function add(canvas: HTMLCanvasElement, box: Box, paint: Paint): Registered {
    const drawing: Drawing = {
      inView: () => !outOfView.has(canvas),
      draw() {
        const context = prepare(canvas, box, pixelRatio.value)
        if (context) paint(context, colours.value)
      },
    }
    drawings.set(canvas, drawing)
    observer.observe(canvas)
    queue.ask(drawing)
    return {
      ask: () => queue.ask(drawing),
      remove() {
        observer.unobserve(canvas)
        outOfView.delete(canvas)
        drawings.delete(canvas)
        queue.forget(drawing)
      },
    }
  }

  watch([colours, pixelRatio], () => drawings.forEach((drawing) => queue.ask(drawing)))
  onScopeDispose(() => observer.disconnect())

  return { add }
})

/** A clear canvas that has as many pixels as the screen has there; null where it cannot be drawn on. */
function prepare(canvas: HTMLCanvasElement, { width, height }: Box, pixelRatio: number) {
  const context = canvas.getContext('2d')
  if (!context) return null
  const [columns, lines] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)]
  // Setting a size is costly even if it is the same.
  if (canvas.width !== columns) canvas.width = columns
  if (canvas.height !== lines) canvas.height = lines
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}
