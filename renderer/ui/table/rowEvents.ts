/**
 * Whether an event was meant for a button or link inside a row. Asked of the event's own path: what was
 * clicked may have left the page by now, as a button's icon does when it becomes a spinner.
 */
export function isForControl(event: Event): boolean {
  return event
    .composedPath()
    .some((part) => part instanceof Element && part.matches('button, a, input'))
}

/** Asks for the context menu, as a right click at this place of the element would. */
export function askForMenu(element: Element, clientX: number, clientY: number) {
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }),
  )
}

/**
 * Opens the table's context menu below a button in a row. One menu for the whole table costs less than
 * one in every row.
 */
export function openRowMenu({ currentTarget }: Event) {
  if (!(currentTarget instanceof Element)) return
  const { left, bottom } = currentTarget.getBoundingClientRect()
  askForMenu(currentTarget, left, bottom + 2)
}

/** Keeps the context menu away from where there is no row that it could be about. */
export function refuseMenuBesideRows(event: Event) {
  if (event.target instanceof Element && event.target.closest('[data-line]')) return
  event.stopImmediatePropagation()
  event.preventDefault()
}
