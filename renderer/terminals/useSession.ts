import type { Terminal as Xterm } from '@xterm/xterm'
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, watch, type ShallowRef } from 'vue'
import type { TerminalOutput, TerminalSize } from '../../preload/contract/terminals'
import { useApi } from '../api'
import { useLiveStream } from '../live'
import { useToasts } from '../ui/useToasts'
import { createInputQueue } from './inputQueue'
import { useTerminals } from './store'

/** Between two acknowledgements, characters: as in VS Code. */
const acknowledgeEach = 5_000
/** How long the size may go on changing before the program is told, milliseconds. */
const settleMillis = 100

/** Asks the program's terminal to begin anew, before a screen is drawn on it (RIS). */
const RESET = '\u001bc'

/**
 * Connects an xterm.js with a terminal of main: draws its screen and all that comes after, acknowledges what
 * is drawn, and sends what is typed. It comes back by itself after the link to main was lost.
 */
export function useSession(
  terminalId: string,
  xterm: Xterm,
  fitting: Readonly<ShallowRef<TerminalSize | null>>,
) {
  const api = useApi()
  const toasts = useToasts()
  const store = useTerminals()
  let viewerId: number | null = null
  let drawn = 0

  const { problem, ended } = useLiveStream<TerminalOutput>({
    subscribe: (signal) => {
      drawn = 0
      const { columns, rows } = fitting.value ?? { columns: xterm.cols, rows: xterm.rows }
      return api.terminals.output({ terminalId, columns, rows }, { signal })
    },
    receive,
    of: computed(() => (fitting.value === null ? null : terminalId)),
    finite: true,
  })

  function receive(message: TerminalOutput): void {
    if (message.kind === 'data') {
      const { length } = message.data
      const sentTo = viewerId
      xterm.write(message.data, () => acknowledge(sentTo, length))
      return
    }
    xterm.resize(message.columns, message.rows)
    if (message.kind === 'size') return
    viewerId = message.viewerId
    xterm.write(RESET + message.data)
  }

  function acknowledge(toViewer: number | null, characters: number): void {
    if (toViewer === null || toViewer !== viewerId) return
    drawn += characters
    if (drawn < acknowledgeEach) return
    // Whoever does not hear it is not there any more, and this stream ends.
    api.terminals
      .acknowledge({ terminalId, viewerId: toViewer, characters: drawn })
      .catch(() => undefined)
    drawn = 0
  }

  const type = createInputQueue(
    (data) => api.terminals.write({ terminalId, data }),
    (error) => toasts.problem(error),
  )
  const typing = xterm.onData(type)
  onScopeDispose(() => typing.dispose())

  const tellSize = useDebounceFn(async () => {
    const size = fitting.value
    if (size === null || viewerId === null || ended.value) return
    await api.terminals.resize({ terminalId, viewerId, ...size }).catch(() => undefined)
  }, settleMillis)

  /** Takes the size that fits here; another viewer may have made it another one. */
  function takeSize(): void {
    const size = fitting.value
    if (size === null) return
    store.measured(size)
    if (viewerId === null || (size.columns === xterm.cols && size.rows === xterm.rows)) return
    xterm.resize(size.columns, size.rows)
    void tellSize()
  }
  watch(fitting, takeSize)

  return { problem, takeSize }
}
