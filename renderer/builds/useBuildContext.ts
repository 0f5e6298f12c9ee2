import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { BuildContext, ContextMessage } from '../../preload/contract/builds'
import type { Problem } from '../../preload/contract/errors'
import { useApi } from '../api'
import { toProblem } from '../problems'

/** From the last key to the question, milliseconds: every letter of a path is a path. */
const typingMillis = 300

/** What a folder would send, counted anew whenever it is another one; null: there is none to count. */
export function useBuildContext(asked: () => BuildContext | null) {
  const api = useApi()
  const message = shallowRef<ContextMessage | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let counting = new AbortController()

  async function count(context: BuildContext, signal: AbortSignal): Promise<void> {
    try {
      for await (const next of await api.builds.inspectContext(context, { signal })) {
        if (signal.aborted) return
        message.value = next
        problem.value = null
      }
    } catch (error) {
      if (signal.aborted) return
      message.value = null
      problem.value = toProblem(error)
    }
  }

  function begin(): void {
    counting.abort()
    counting = new AbortController()
    const context = asked()
    if (context === null) {
      message.value = null
      problem.value = null
    } else void count(context, counting.signal)
  }

  const beginLater = useDebounceFn(begin, typingMillis)
  watch(
    () => JSON.stringify(asked()),
    () => void beginLater(),
  )
  begin()
  onScopeDispose(() => counting.abort())

  return { message, problem, again: begin }
}
