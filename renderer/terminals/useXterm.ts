import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useResizeObserver } from '@vueuse/core'
import { onMounted, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { TerminalSize } from '../../preload/contract/terminals'
import { useSettings } from '../settings/store'
import { useCssColours } from '../ui/useCssColours'
import { keepQuiet } from './quiet'
import { terminalColours, terminalTheme } from './theme'

/** More matches of a search than these are not marked. */
export const MOST_MARKED = 1_000

export interface XtermOptions {
  host: Readonly<Ref<HTMLElement | null>>
  /** What its input is called to a screen reader. */
  inputLabel: string
  openLink: (url: string) => void
}

/** xterm.js in an element, in the page's colours and as the settings want it. It goes with the scope. */
export function useXterm({ host, inputLabel, openLink }: XtermOptions) {
  const settings = useSettings()
  const colours = useCssColours(terminalColours)
  const { terminal: view } = settings.values
  /** What fits into the element; null while it is not shown. */
  const fitting = shallowRef<TerminalSize | null>(null)

  const xterm = new Terminal({
    allowProposedApi: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
    fontSize: view.fontSize,
    scrollback: view.scrollback,
    screenReaderMode: view.screenReader,
    theme: theme(),
    // Programs know neither the page's background nor who has to read them.
    minimumContrastRatio: 4.5,
    cursorBlink: false,
    // Addresses that a program marks as links: without this xterm.js would open them itself.
    linkHandler: { activate: (_event, url) => openLink(url) },
  })
  const fit = new FitAddon()
  const search = new SearchAddon({ highlightLimit: MOST_MARKED })
  xterm.loadAddon(fit)
  xterm.loadAddon(search)
  xterm.loadAddon(new WebLinksAddon((_event, url) => openLink(url)))
  xterm.loadAddon(new Unicode11Addon())
  xterm.unicode.activeVersion = '11'
  keepQuiet(xterm)

  function theme() {
    return terminalTheme((name) => colours.value[name] ?? '')
  }

  function measure(): void {
    const proposed = fit.proposeDimensions()
    if (!proposed || !Number.isFinite(proposed.cols) || !Number.isFinite(proposed.rows)) return
    const columns = Math.min(Math.max(proposed.cols, 2), 1_000)
    const rows = Math.min(Math.max(proposed.rows, 1), 500)
    const { value } = fitting
    if (value?.columns !== columns || value.rows !== rows) fitting.value = { columns, rows }
  }

  onMounted(() => {
    if (!host.value) return
    xterm.open(host.value)
    xterm.textarea?.setAttribute('aria-label', inputLabel)
    measure()
  })
  useResizeObserver(host, measure)
  watch(colours, () => (xterm.options.theme = theme()))
  watch(
    () => settings.values.terminal,
    ({ fontSize, scrollback, screenReader }) => {
      Object.assign(xterm.options, { fontSize, scrollback, screenReaderMode: screenReader })
      measure()
    },
  )
  onScopeDispose(() => xterm.dispose())

  return { xterm, search, fitting }
}
