import { rowHeight } from './scrolling'
import type { AnchoredList } from './useAnchoredList'

interface Actions {
  toStart: () => void
  /** Unfolds or folds the line at the cursor. */
  unfold: () => void
  moveCursor: (by: 1 | -1) => void
}

/** What keys do in a log: arrows scroll, j and k go from line to line, Enter and Space unfold. */
export function useLogKeys(list: AnchoredList, { toStart, unfold, moveCursor }: Actions) {
  const page = () => Math.max(rowHeight, list.viewHeight.value - 2 * rowHeight)
  const keys: Readonly<Record<string, () => void>> = {
    ArrowUp: () => list.scrollBy(-rowHeight),
    ArrowDown: () => list.scrollBy(rowHeight),
    PageUp: () => list.scrollBy(-page()),
    PageDown: () => list.scrollBy(page()),
    Home: toStart,
    End: list.follow,
    j: () => moveCursor(1),
    k: () => moveCursor(-1),
    Enter: unfold,
    ' ': unfold,
  }

  return function press(event: KeyboardEvent): void {
    const act = keys[event.key]
    const commanded = event.altKey || event.metaKey || (event.ctrlKey && event.key.length === 1)
    if (!act || commanded || event.target !== event.currentTarget) return
    event.preventDefault()
    act()
  }
}
