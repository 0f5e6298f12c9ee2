import { usePreferredDark } from '@vueuse/core'
import { shallowRef, watch, type ShallowRef } from 'vue'
import { useSettings } from '../settings/store'

/** Colours of styles.css as a canvas can use them, `rgb(1, 2, 3)`; they change with the theme. */
export function useCssColours<Name extends string>(
  names: readonly Name[],
): ShallowRef<Record<Name, string>> {
  const settings = useSettings()
  const dark = usePreferredDark()
  const colours = shallowRef(readColours(names))
  // After the theme has reached the page.
  watch(
    [() => settings.values.theme, dark],
    () => {
      colours.value = readColours(names)
    },
    { flush: 'post' },
  )
  return colours
}

/** CSS resolves `light-dark()` only where a property uses it, so a hidden element is asked. */
function readColours<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const colours = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(--${name})`
      return [name, getComputedStyle(probe).color]
    }),
  ) as Record<Name, string>
  probe.remove()
  return colours
}
