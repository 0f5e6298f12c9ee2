import { useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { pages } from './pages'

/** Ctrl or Cmd with a digit opens the page at that place of the rail. */
export function usePageKeys() {
  const router = useRouter()
  useEventListener(window, 'keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    const page = pages[Number(event.key) - 1]
    if (!page) return
    event.preventDefault()
    void router.push(page.path)
  })
}

export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A shortcut as this system writes it. */
export const shortcutText = (key: string) => (isApple ? `⌘${key}` : `Ctrl+${key}`)

/** The digits from 1 to 9; 0 is the zoom's. */
const mostPageKeys = 9

/** The shortcut of the page at this place of the rail, from 0; undefined for one that has none. */
export const pageShortcut = (index: number): string | undefined =>
  index < mostPageKeys ? shortcutText(String(index + 1)) : undefined
