import { createSharedComposable, useElementVisibility } from '@vueuse/core'
import { onScopeDispose, watch, type Ref } from 'vue'
import type { Drawing } from './drawingQueue'
import { useDrawingQueue } from './useDrawingQueue'

/** All charts of the page draw in the same frames and share what a frame has time for. */
const useChartQueue = createSharedComposable(useDrawingQueue)

/**
 * Draws in one of the next frames after being asked; what is out of view waits until it is seen.
 *
 * @returns The way to ask.
 */
export function useChartDrawing(element: Readonly<Ref<HTMLElement | null>>, draw: () => void) {
  const queue = useChartQueue()
  const visible = useElementVisibility(element)
  const drawing: Drawing = { draw, inView: () => visible.value }
  let due = false

  function ask() {
    due = !visible.value
    if (!due) queue.ask(drawing)
  }
  watch(visible, () => {
    if (due) ask()
  })
  onScopeDispose(() => queue.forget(drawing))

  return ask
}
