import { computed, onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Problem } from '../preload/contract/errors'
import { toProblem } from './problems'

/** How far something is that is read in main. */
interface Reading {
  kind: 'reading'
  bytes: number
  totalBytes: number
}

/**
 * Follows what main reads, and what came of it: one thing at a time. Starting another, or leaving the scope,
 * gives up the one before.
 */
export function useReading<Input, Read extends { kind: 'read' }>(
  open: (input: Input, options: { signal: AbortSignal }) => Promise<AsyncIterable<Reading | Read>>,
) {
  /** What main said last; null: nothing is read. */
  const message: ShallowRef<Reading | Read | null> = shallowRef(null)
  const problem = shallowRef<Problem | null>(null)
  let running = new AbortController()

  const read = computed<Read | null>(() => (message.value?.kind === 'read' ? message.value : null))
  const reading = computed<Reading | null>(() =>
    message.value?.kind === 'reading' ? message.value : null,
  )

  function cancel(): void {
    running.abort()
    message.value = null
    problem.value = null
  }

  async function start(input: Input): Promise<void> {
    cancel()
    running = new AbortController()
    const { signal } = running
    message.value = { kind: 'reading', bytes: 0, totalBytes: 0 }
    try {
      for await (const next of await open(input, { signal })) {
        if (signal.aborted) return
        message.value = next
      }
    } catch (error) {
      if (signal.aborted) return
      message.value = null
      problem.value = toProblem(error)
    }
  }

  onScopeDispose(cancel)
  return { read, reading, problem, start, cancel }
}
