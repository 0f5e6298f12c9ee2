import type { Terminal as Xterm } from '@xterm/xterm'
import { useClipboard } from '@vueuse/core'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { linesRun, pastable } from './paste'
import { shortcuts } from './shortcuts'

/** Lines of a paste that are shown before it is done. */
const mostShown = 20

/** Copies from a terminal and pastes into it: several lines only when the person has seen them. */
export function useTerminalClipboard(xterm: Xterm) {
  const { t } = useWords()
  const confirm = useConfirm()
  const toasts = useToasts()
  const clipboard = useClipboard({ legacy: true })

  async function copy(): Promise<void> {
    if (xterm.hasSelection()) await clipboard.copy(xterm.getSelection())
  }

  async function paste(text: string): Promise<void> {
    const clean = pastable(text)
    // A program that asked for it is told where a paste begins and ends, and runs nothing by itself.
    const lines = xterm.modes.bracketedPasteMode ? [] : linesRun(clean)
    if (lines.length > 0) {
      const shown = lines.slice(0, mostShown)
      const left = lines.length - shown.length
      const { confirmed } = await confirm({
        title: t('terminals.paste.title', lines.length),
        body: t('terminals.paste.body'),
        items: left > 0 ? [...shown, t('terminals.paste.more', { count: left })] : shown,
        confirmLabel: t('terminals.paste.confirm'),
      })
      if (!confirmed) return
    }
    xterm.paste(clean)
    xterm.focus()
  }

  /** From a menu, where the page itself has to ask for the clipboard: not every browser gives it. */
  async function pasteFromMenu(): Promise<void> {
    let text: string
    try {
      text = await navigator.clipboard.readText()
    } catch {
      toasts.show({
        tone: 'info',
        text: t('terminals.paste.refused'),
        hint: t('terminals.paste.refusedHint', { keys: shortcuts.paste }),
      })
      return
    }
    await paste(text)
  }

  /** The browser's own paste, by keyboard or mouse. */
  function onPaste(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopPropagation()
    void paste(event.clipboardData?.getData('text/plain') ?? '')
  }

  return { copy, pasteFromMenu, onPaste }
}
