import { usePreferredDark } from '@vueuse/core'
import { shallowRef, watch } from 'vue'
import { useSettings } from '../settings/store'

const names = ['accent', 'text', 'muted', 'line', 'warning', 'raised', 'line-strong'] as const
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
