/**
 * Opens the table's context menu from a button in a row: below the button, and with all that a right
 * click does. One menu for the whole table costs less than one in every row.
 */
export function openRowMenu({ currentTarget }: Event) {
  if (!(currentTarget instanceof Element)) return
  const { left, bottom } = currentTarget.getBoundingClientRect()
  currentTarget.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: left,
      clientY: bottom + 2,
    }),
  )
}
