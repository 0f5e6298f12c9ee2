import { useDocumentVisibility } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import { createDrawingQueue } from './drawingQueue'

/** A queue that draws in this page's frames, while the page is seen and the scope lasts. */
export function useDrawingQueue() {
  const visibility = useDocumentVisibility()
  const queue = createDrawingQueue({
    request: (draw) => requestAnimationFrame(draw),
    cancel: (frame) => cancelAnimationFrame(frame),
    now: () => performance.now(),
    hidden: () => visibility.value === 'hidden',
  })
  watch(visibility, queue.resume)
  onScopeDispose(() => queue.stop())
  return queue
}
