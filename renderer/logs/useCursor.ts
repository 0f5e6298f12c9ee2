import { computed, shallowRef, type Ref } from 'vue'
import type { Span } from './scrolling'
import type { AnchoredList } from './useAnchoredList'
import type { OpenLog } from './useOpenLog'

/** The line that the keyboard acts on, by its number. */
export function useCursor(log: OpenLog, list: AnchoredList, all: Readonly<Ref<Span>>) {
  const number = shallowRef<number | null>(null)

  /** Its place among the lines that are drawn; null: it is not among them. */
  const place = computed(() => {
    const { from, to } = list.drawn.value
    for (let next = from; next < to; next++) {
      if (number.value !== null && log.lineAt(next)?.number === number.value) return next
    }
    return null
  })

  function moveTo(next: number): void {
    const line = log.lineAt(next)
    if (!line) return
    number.value = line.number
    list.reveal(next)
  }

  /** From where it is; from the upper edge if it is out of sight. */
  function move(by: 1 | -1): void {
    const { from, to } = all.value
    list.stop()
    const next = place.value === null ? list.top.value.place : place.value + by
    moveTo(Math.min(Math.max(next, from), to - 1))
  }

  return { number, place, move }
}
