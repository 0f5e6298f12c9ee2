import { usePreferredDark } from '@vueuse/core'
import { shallowRef, watch } from 'vue'
import { useSettings } from '../settings/store'

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
export function useCanvasColours() {
  const settings = useSettings()
  const dark = usePreferredDark()
  const colours = shallowRef(readColours())
  // After the theme has reached the page.
  watch(
    [() => settings.values.theme, dark],
    () => {
      colours.value = readColours()
    },
    { flush: 'post' },
  )
  return colours
}

/** CSS resolves `light-dark()` only where a property uses it, so a hidden element is asked. */
function readColours(): CanvasColours {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const colours = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(--${name})`
      return [name, getComputedStyle(probe).color]
    }),
  ) as CanvasColours
  probe.remove()
  return colours
}
