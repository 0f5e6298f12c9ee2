import { onScopeDispose, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type { Problem } from '../../../preload/contract/errors'
import type { NamePage } from '../../../preload/contract/registryContents'
import { toProblem } from '../../problems'

/**
 * Names that come page by page. They begin anew whenever what they belong to changes (compared as JSON);
 * an answer that comes too late is dropped, and leaving the scope gives up waiting.
 *
 * @param input - null: there is nothing to ask about
 */
export function usePages<Input>(
  input: () => Input | null,
  load: (input: Input, after: string | null, signal: AbortSignal) => Promise<NamePage>,
) {
  const names = shallowRef<readonly string[]>([])
  const next = shallowRef<string | null>(null)
  const loaded = ref(false)
  const loading = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let asking = new AbortController()

  async function ask(after: string | null): Promise<void> {
    const asked = input()
    if (asked === null) return
    const { signal } = asking
    loading.value = true
    problem.value = null
    try {
      const page = await load(asked, after, signal)
      if (signal.aborted) return
      // A registry may repeat itself.
      names.value = [...new Set([...names.value, ...page.names])]
      next.value = page.next
      loaded.value = true
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  function reload(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    names.value = []
    next.value = null
    loaded.value = false
    loading.value = false
    problem.value = null
    return ask(null)
  }

  async function loadMore(): Promise<void> {
    if (next.value !== null && !loading.value) await ask(next.value)
  }

  watch(
    () => JSON.stringify(input()),
    () => void reload(),
    { immediate: true },
  )
  onScopeDispose(() => asking.abort())

  return {
    names: shallowReadonly(names),
    /** There is a further page. */
    more: () => next.value !== null,
    loaded,
    loading,
    problem: shallowReadonly(problem),
    loadMore,
    reload,
  }
}
