import { computed, onScopeDispose, shallowRef, triggerRef } from 'vue'
import type { LogLine, LogMessage, LogState } from '../../preload/contract/logs'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useLiveStream } from '../live'
import { useToasts } from '../ui/useToasts'
import { LinePages, type Gap } from './linePages'
import type { Span } from './scrolling'

/** Answers that are waited for at once: who scrolls fast wants the last place, not all between. */
const mostAsked = 3
/** Lines that wait for the next frame, which does not come while the window is hidden. */
const mostWaiting = 400

/** @param moves The lines will stand at other places. */
type BeforeView = (moves: boolean) => void

/**
 * An open log, which main keeps: its state, and the lines of it that are shown. Messages are taken in once
 * a frame. Lines stand at places: their numbers without a filter, their indexes among what passes with one.
 *
 * @param ids Of the containers, which are the log's sources by their index.
 */
export function useOpenLog(ids: readonly string[]) {
  const api = useApi()
  const engines = useEngines()
  const toasts = useToasts()
  /** Triggered when a line that can be shown came or changed. */
  const pages = shallowRef(new LinePages())
  const logId = shallowRef<string | null>(null)
  const state = shallowRef<LogState | null>(null)
  const beforeView = new Set<BeforeView>()
  const asked = new Set<number>()
  /** Places whose lines did not come, until the state tells more. */
  const fruitless = new Set<number>()
  let waiting: { state: LogState; newest: [number, LogLine][] } | null = null
  let frame = 0

  const { problem } = useLiveStream<LogMessage>({
    subscribe: (signal, engineId) => api.logs.open({ engineId, ids: [...ids] }, { signal }),
    of: () => engines.currentId,
    receive,
    reset: forget,
  })

  const all = computed<Span>(() => (state.value ? spanOf(state.value) : { from: 0, to: 0 }))

  function receive(message: LogMessage): void {
    if (message.kind === 'opened') {
      forget()
      logId.value = message.logId
      state.value = message.state
      pages.value.put(placed(message.newest, message.state))
      triggerRef(pages)
      return
    }
    const before = waiting?.state.view === message.state.view ? waiting.newest : []
    const newest = [...before, ...placed(message.newest ?? [], message.state)]
    waiting = { state: message.state, newest: newest.slice(-mostWaiting) }
    frame ||= requestAnimationFrame(takeIn)
  }

  function takeIn(): void {
    frame = 0
    const before = state.value
    const next = waiting
    waiting = null
    if (!next || !before) return
    if (next.state.view !== before.view) {
      // Numbers stay what they are; indexes do not.
      const moves = next.state.filtered !== null || before.filtered !== null
      for (const tell of beforeView) tell(moves)
      if (moves) pages.value.clear()
      else pages.value.spoil()
    }
    fruitless.clear()
    state.value = next.state
    if (next.newest.length > 0) {
      pages.value.put(next.newest)
      void call((id) => api.logs.seen({ logId: id }))
    }
    triggerRef(pages)
  }

  function forget(): void {
    cancelAnimationFrame(frame)
    frame = 0
    waiting = null
    logId.value = null
    state.value = null
    pages.value.clear()
    asked.clear()
    fruitless.clear()
  }

  /** Sees to it that the lines of these places come, if they can. */
  function want(from: number, to: number): void {
    const { from: first, to: end } = all.value
    for (const gap of pages.value.gaps(Math.max(from, first), Math.min(to, end))) {
      if (asked.size >= mostAsked) return
      if (!asked.has(gap.from) && !fruitless.has(gap.from)) void ask(gap)
    }
  }

  async function ask({ from, count }: Gap): Promise<void> {
    asked.add(from)
    const opened = logId.value
    const answer = await call((id) => api.logs.lines({ logId: id, from, count }))
    if (logId.value !== opened) return
    asked.delete(from)
    const now = state.value
    const lines = answer && answer.view === now?.view ? answer.lines : []
    pages.value.put(lines.map((line, index) => [(answer?.from ?? 0) + index, line]))
    if (lines.length === 0) fruitless.add(from)
    triggerRef(pages)
  }

  /** Asks something about this log. Undefined when it is not open, or no longer. */
  async function call<Answer>(how: (id: string) => Promise<Answer>): Promise<Answer | undefined> {
    const id = logId.value
    if (id === null) return undefined
    try {
      return await how(id)
    } catch (error) {
      // What went wrong with a log that was left meanwhile, or reopened, is of no interest.
      if (logId.value === id) toasts.problem(error)
      return undefined
    }
  }

  /** Calls back right before main counts anew. */
  function onBeforeView(tell: BeforeView): void {
    beforeView.add(tell)
  }

  onScopeDispose(() => {
    cancelAnimationFrame(frame)
    logId.value = null
  })

  return {
    ids,
    logId,
    state,
    all,
    problem,
    lineAt: (place: number) => pages.value.at(place),
    want,
    call,
    onBeforeView,
  }
}

export type OpenLog = ReturnType<typeof useOpenLog>

function spanOf({ first, end, filtered }: LogState): Span {
  return filtered ? { from: filtered.first, to: filtered.count } : { from: first, to: end }
}

/** The last lines of what is shown, each with its place. */
function placed(newest: readonly LogLine[], { filtered }: LogState): [number, LogLine][] {
  const from = (filtered?.count ?? 0) - newest.length
  return newest.map((line, index) => [filtered ? from + index : line.number, line])
}
