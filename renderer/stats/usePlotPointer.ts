import { computed, shallowRef } from 'vue'
import { momentAt, type Span } from './timeView'

/** What the pointer and the keys ask for. */
interface Wishes {
  zoom: (to: Span) => void
  pan: (share: number) => void
  scale: (factor: number) => void
  live: () => void
}

/** A press that hardly moves is not a stretch of time. */
const shortestDragPixels = 4
const panShare = 0.2
const cursorShare = 0.01

/**
 * The crosshair and the stretch that is being chosen, in all charts at once. Both are shares of the
 * plots' width: 0 is the left edge, 1 the right.
 */
export function usePlotPointer(span: () => Span, isLive: () => boolean, wishes: Wishes) {
  const cursor = shallowRef<number | null>(null)
  const begun = shallowRef<number | null>(null)

  const selection = computed(() => {
    if (begun.value === null || cursor.value === null) return null
    return { from: Math.min(begun.value, cursor.value), to: Math.max(begun.value, cursor.value) }
  })
  const cursorAt = computed(() => (cursor.value === null ? null : momentAt(span(), cursor.value)))

  function boxOf(event: PointerEvent): DOMRect {
    const target = event.currentTarget
    return target instanceof Element ? target.getBoundingClientRect() : new DOMRect()
  }
  function follow(event: PointerEvent) {
    const { left, width } = boxOf(event)
    cursor.value = Math.min(1, Math.max(0, (event.clientX - left) / width))
  }
  function forget() {
    begun.value = null
    cursor.value = null
  }

  const onPlot = {
    pointermove: follow,
    pointerdown(event: PointerEvent) {
      if (event.button !== 0) return
      follow(event)
      begun.value = cursor.value
      if (event.currentTarget instanceof Element) {
        event.currentTarget.setPointerCapture(event.pointerId)
      }
    },
    pointerup(event: PointerEvent) {
      follow(event)
      const chosen = selection.value
      begun.value = null
      if (!chosen || (chosen.to - chosen.from) * boxOf(event).width < shortestDragPixels) return
      wishes.zoom({ from: momentAt(span(), chosen.from), to: momentAt(span(), chosen.to) })
    },
    pointerleave() {
      if (begun.value === null) cursor.value = null
    },
    pointercancel: forget,
  }

  const moveCursor = (by: number) => {
    cursor.value = Math.min(1, Math.max(0, (cursor.value ?? 1) + by))
  }

  /** True: there was something to leave. */
  function leave(): boolean {
    if (cursor.value === null && isLive()) return false
    if (begun.value === null) wishes.live()
    forget()
    return true
  }

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !press(event)) return
    // Escape and the arrows mean other things further out.
    event.preventDefault()
    event.stopPropagation()
  }

  function press({ key, shiftKey }: KeyboardEvent): boolean {
    const direction = key === 'ArrowLeft' ? -1 : 1
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        if (shiftKey) moveCursor(direction * cursorShare)
        else wishes.pan(direction * panShare)
        return true
      case '+':
      case '=':
        wishes.scale(0.5)
        return true
      case '-':
      case '_':
        wishes.scale(2)
        return true
      case 'Home':
      case 'Escape':
        return leave()
      default:
        return false
    }
  }

  return { cursor, cursorAt, selection, onPlot, onKey }
}
