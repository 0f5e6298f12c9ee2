import { isApple } from '../shell/usePageKeys'

/** So many engines have a key of their own: the digits from 1 to 9. */
export const mostKeys = 9

/** The keys that show the engine at this place of the list, from 1; 0 is all of them. */
export const engineShortcut = (place: number) =>
  isApple ? `⌘⌥${String(place)}` : `Ctrl+Alt+${String(place)}`

/**
 * The place that was pressed, by the key's position: with Alt, digits may write something else. Null for other
 * keys, and for AltGr, which Windows tells as Ctrl+Alt and which writes brackets on many keyboards.
 */
export function pressedPlace(event: KeyboardEvent): number | null {
  if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.shiftKey) return null
  if (event.getModifierState('AltGraph')) return null
  const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(event.code) ?? []
  return digit === undefined ? null : Number(digit)
}
