import { useEventListener, useResizeObserver } from '@vueuse/core'
import { computed, nextTick, onMounted, shallowRef, watch, type Ref } from 'vue'
import {
  barHeight,
  drawnRows,
  moved,
  rowHeight,
  settle,
  shareAbove,
  topOfShare,
  type Settled,
  type Span,
  type Top,
} from './scrolling'

interface Parts {
  /** What the rows are seen through; it scrolls only sideways by itself. */
  view: Readonly<Ref<HTMLElement | null>>
  /** Its only child: one element for each drawn row. */
  rows: Readonly<Ref<HTMLElement | null>>
  /** The element whose scroll bar stands for the whole list. */
  bar: Readonly<Ref<HTMLElement | null>>
}

interface Options {
  all: Readonly<Ref<Span>>
  /** Rows may be of any height. */
  measured: Readonly<Ref<boolean>>
  /** The person wants what is before the first row. */
  onStart: () => void
  onSettled: (drawn: Span) => void
}

/**
 * A list of any number of rows that is drawn around the row at its upper edge. It stays at its end while
 * rows are added, until the person scrolls up; scrolling back to the end, it follows again.
 */
export function useAnchoredList({ view, rows, bar }: Parts, options: Options) {
  const { all, measured } = options
  const top = shallowRef<Top>({ place: 0, offset: 0 })
  const following = shallowRef(true)
  const viewHeight = shallowRef(0)
  /** Where the end was when the list stopped following. */
  const stoppedAt = shallowRef(0)
  let heights: number[] = []
  let measuredFrom = 0
  let settled: Settled = { shift: 0, top: top.value, atEnd: true, visible: 0 }
  let barTop = 0
  let goingDown = false

  const drawn = computed(() =>
    drawnRows(
      following.value ? null : top.value,
      all.value,
      Math.ceil(viewHeight.value / rowHeight),
    ),
  )
  const newRows = computed(() => Math.max(0, all.value.to - stoppedAt.value))

  const heightOf = (place: number) => heights[place - measuredFrom] ?? rowHeight

  function measure(): void {
    const { from, to } = drawn.value
    measuredFrom = from
    const elements = measured.value ? [...(rows.value?.children ?? [])] : []
    heights = Array.from({ length: to - from }, (_, index) => {
      const element = elements[index]
      return (element instanceof HTMLElement && element.offsetHeight) || rowHeight
    })
  }

  /** Puts the rows where they belong, once they are drawn. */
  function layOut(): void {
    if (!view.value || !rows.value) return
    measure()
    const wanted = following.value ? null : top.value
    const list = { all: all.value, drawn: drawn.value, heights, viewHeight: viewHeight.value }
    settled = settle(wanted, list)
    rows.value.style.transform = `translateY(${-settled.shift}px)`
    const { place, offset } = settled.top
    if (place !== top.value.place || Math.abs(offset - top.value.offset) > 0.5) {
      top.value = settled.top
    }
    if (goingDown && settled.atEnd) following.value = true
    goingDown = false
    placeBar()
    options.onSettled(drawn.value)
  }

  function placeBar(): void {
    const room = barHeight(all.value) - viewHeight.value
    const wanted = Math.max(0, room) * shareAbove(settled, all.value)
    if (!bar.value || Math.abs(bar.value.scrollTop - wanted) < 1) return
    bar.value.scrollTop = wanted
    barTop = bar.value.scrollTop
  }

  function stop(): void {
    if (!following.value) return
    stoppedAt.value = all.value.to
    following.value = false
  }

  function scrollBy(pixels: number): void {
    const atStart = top.value.place <= all.value.from && top.value.offset === 0
    if (pixels < 0 && atStart) options.onStart()
    if (following.value && (pixels > 0 || atStart)) return
    stop()
    goingDown = pixels > 0
    top.value = moved(top.value, pixels, all.value, heightOf)
    // Where it would not move, nothing is drawn anew.
    if (goingDown && settled.atEnd) following.value = true
  }

  /** @param share Where in the view the row comes to stand: 0 is its upper edge. */
  function goTo(place: number, share = 0): void {
    const above = Math.max(0, viewHeight.value - rowHeight) * share
    putOnTop(moved({ place, offset: 0 }, -Math.round(above), all.value, () => rowHeight))
  }

  function putOnTop(next: Top): void {
    stop()
    top.value = next
  }

  /** Scrolls only if the row is not in view. */
  function reveal(place: number): void {
    const above = place - top.value.place
    if (above > 0 && above < settled.visible - 1) return
    goTo(place, above <= 0 ? 0 : 0.9)
  }

  /** The first row that is there now. */
  function toTop(): void {
    putOnTop({ place: all.value.from, offset: 0 })
  }

  function follow(): void {
    following.value = true
  }

  function dragBar(): void {
    const element = bar.value
    if (!element || Math.abs(element.scrollTop - barTop) < 2) return
    barTop = element.scrollTop
    const room = barHeight(all.value) - viewHeight.value
    const share = room > 0 ? Math.min(1, barTop / room) : 1
    if (barTop >= room - 1) return follow()
    putOnTop(topOfShare(share, settled, all.value))
    if (share === 0) options.onStart()
  }

  function turnWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
    event.preventDefault()
    const unit = [1, rowHeight, viewHeight.value][event.deltaMode] ?? 1
    scrollBy(event.deltaY * unit)
  }

  /** A selection that is drawn beyond the edge scrolls the view itself. */
  function takeOver(): void {
    const pixels = view.value?.scrollTop ?? 0
    if (!view.value || pixels === 0) return
    view.value.scrollTop = 0
    scrollBy(pixels)
  }

  function resize(): void {
    viewHeight.value = view.value?.clientHeight ?? 0
  }

  onMounted(() => {
    resize()
    void nextTick(layOut)
  })
  useResizeObserver(view, resize)
  // Rows that are wrapped or unfolded have other heights then.
  useResizeObserver(rows, () => measured.value && layOut())
  useEventListener(view, 'wheel', turnWheel, { passive: false })
  useEventListener(view, 'scroll', takeOver, { passive: true })
  useEventListener(bar, 'scroll', dragBar, { passive: true })
  useEventListener(document, 'selectionchange', () => {
    const selection = document.getSelection()
    if (!selection || selection.isCollapsed || !view.value?.contains(selection.anchorNode)) return
    stop()
  })
  watch([drawn, measured], layOut, { flush: 'post' })

  return {
    drawn,
    top,
    following,
    newRows,
    viewHeight,
    barHeight: computed(() => barHeight(all.value)),
    layOut,
    scrollBy,
    goTo,
    putOnTop,
    reveal,
    toTop,
    follow,
    stop,
  }
}

export type AnchoredList = ReturnType<typeof useAnchoredList>
