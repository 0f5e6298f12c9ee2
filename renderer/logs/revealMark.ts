/** Scrolls a log sideways until the first mark of a line can be seen, if it cannot. */
export function revealMark(view: HTMLElement | null, place: number): void {
  const mark = view?.querySelector(`[data-place="${place}"] mark`)
  if (!view || !mark) return
  const seen = view.getBoundingClientRect()
  const { left, right } = mark.getBoundingClientRect()
  if (left >= seen.left && right <= seen.right) return
  view.scrollLeft += left - seen.left - seen.width / 3
}
