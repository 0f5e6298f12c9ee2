import { useCssColours } from '../ui/useCssColours'

/** The colours of what is told apart in one chart. */
export const seriesColours = [
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
  'series-7',
  'series-8',
] as const
const plainColours = [
  'accent',
  'text',
  'muted',
  'line',
  'good',
  'busy',
  'warning',
  'bad',
  'off',
  'surface',
  'raised',
  'line-strong',
] as const
const names = [...plainColours, ...seriesColours]
export type CanvasColours = Record<(typeof names)[number], string>

/** The page's colours as a canvas can use them; they change with the theme. */
export const useCanvasColours = () => useCssColours(names)
