import { useEventListener } from '@vueuse/core'
import { isTyping } from './isTyping'

/**
 * Ctrl or Cmd with F, and "/" outside of fields, bring the person to the search. Where there are several, the
 * one that came last has it: the log's, not the list's beside it.
 */
export function useSearchKey(focusSearch: () => void) {
  useEventListener(window, 'keydown', (event) => {
    const control = event.ctrlKey || event.metaKey
    const find = control && event.key.toLowerCase() === 'f' && !event.shiftKey && !event.altKey
    const slash = event.key === '/' && !control && !event.altKey && !isTyping(event.target)
    if (!find && !slash) return
    event.preventDefault()
    focusSearch()
  })
}
