import { useEventListener } from '@vueuse/core'
import { computed, ref } from 'vue'
import { useSettings } from '../settings/store'

/** The limits of the contract's `panelWidth`. */
const limits = { min: 280, max: 1_600 }

/** The details panel's width: follows the pointer while its edge is dragged, then goes to the settings. */
export function usePanelWidth() {
  const settings = useSettings()
  const dragged = ref<number | null>(null)
  let origin = { x: 0, width: 0 }

  const width = computed(() => dragged.value ?? settings.values.panelWidth)

  const clamp = (value: number) => Math.round(Math.min(limits.max, Math.max(limits.min, value)))

  function keep(value: number) {
    settings.change({ panelWidth: clamp(value) })
  }

  function startDragging(event: PointerEvent) {
    event.preventDefault()
    origin = { x: event.clientX, width: width.value }
    dragged.value = width.value
  }

  useEventListener(window, 'pointermove', (event) => {
    if (dragged.value !== null) dragged.value = clamp(origin.width + origin.x - event.clientX)
  })
  useEventListener(window, ['pointerup', 'pointercancel'], () => {
    if (dragged.value === null) return
    keep(dragged.value)
    dragged.value = null
  })

  return { width, limits, startDragging, nudge: (by: number) => keep(width.value + by) }
}
