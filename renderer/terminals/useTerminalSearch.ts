import type { ISearchOptions, SearchAddon } from '@xterm/addon-search'
import type { Terminal as Xterm } from '@xterm/xterm'
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { useCssColours } from '../ui/useCssColours'
import { toHex } from './theme'

/** Searches a terminal's screen and the lines above it, and walks through what is found. */
export function useTerminalSearch(xterm: Xterm, search: SearchAddon) {
  const open = ref(false)
  const term = ref('')
  const options = reactive({ caseSensitive: false, regex: false })
  /** `at` counts from 0; -1: none is chosen. */
  const found = shallowRef({ at: -1, all: 0 })
  /** xterm.js throws at what is no regular expression, which nearly all are while they are typed. */
  const wrong = computed(() => options.regex && !isRegex(term.value))
  const colours = useCssColours(['warning', 'accent'])

  const results = search.onDidChangeResults(({ resultIndex, resultCount }) => {
    found.value = { at: resultIndex, all: resultCount }
  })
  onScopeDispose(() => results.dispose())

  const how = computed((): ISearchOptions => {
    const [warning, accent] = [toHex(colours.value.warning), toHex(colours.value.accent)]
    return {
      ...options,
      decorations: {
        matchBorder: warning,
        matchOverviewRuler: warning,
        activeMatchBorder: accent,
        activeMatchBackground: accent,
        activeMatchColorOverviewRuler: accent,
      },
    }
  })

  function step(by: 1 | -1): void {
    if (term.value === '' || wrong.value) return
    if (by === 1) search.findNext(term.value, how.value)
    else search.findPrevious(term.value, how.value)
  }

  watch([term, how], () => {
    if (term.value === '' || wrong.value) {
      search.clearDecorations()
      found.value = { at: -1, all: 0 }
    } else search.findNext(term.value, { ...how.value, incremental: true })
  })

  function close(): void {
    open.value = false
    term.value = ''
    search.clearDecorations()
    xterm.focus()
  }

  return { open, term, options, found, wrong, step, close }
}

function isRegex(text: string): boolean {
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}
