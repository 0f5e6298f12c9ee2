import { onScopeDispose, shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import type { Problem } from '../preload/contract/errors'
import { toProblem } from './problems'

export interface Loaded<Value> {
  /** Null until it has come. */
  value: Readonly<ShallowRef<Value | null>>
  problem: Readonly<ShallowRef<Problem | null>>
}

/**
 * The answer to one question, asked again whenever what it asks about changes (compared as JSON). An
 * older answer stays until the new one is there, one that comes too late is dropped, and leaving the
 * scope gives up waiting. While there is nothing to ask about (null), nothing is asked.
 */
export function useLoaded<Input, Value>(
  input: () => Input | null,
  load: (input: Input, signal: AbortSignal) => Promise<Value>,
): Loaded<Value> {
  const value = shallowRef<Value | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let asking = new AbortController()

  async function ask(asked: Input, signal: AbortSignal): Promise<void> {
    try {
      const answer = await load(asked, signal)
      if (signal.aborted) return
      value.value = answer
      problem.value = null
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    }
  }

  watch(
    () => JSON.stringify(input()),
    () => {
      asking.abort()
      asking = new AbortController()
      const asked = input()
      if (asked !== null) void ask(asked, asking.signal)
    },
    { immediate: true },
  )
  onScopeDispose(() => asking.abort())

  return { value: shallowReadonly(value), problem: shallowReadonly(problem) }
}
