import { refDebounced } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../../preload/contract/errors'
import type { HubRepository } from '../../../preload/contract/registryContents'
import { useApi } from '../../api'
import { toProblem } from '../../problems'

const quietMillis = 400
const leastCharacters = 2

/** Looks for repositories on Docker Hub while the person types; the newest question counts. */
export function useHubSearch() {
  const api = useApi()
  const text = ref('')
  const settled = refDebounced(text, quietMillis)
  const found = shallowRef<readonly HubRepository[]>([])
  const page = ref(0)
  const more = ref(false)
  const loading = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let asking = new AbortController()

  const sought = computed(() => settled.value.trim())

  async function ask(next: number): Promise<void> {
    const { signal } = asking
    loading.value = true
    problem.value = null
    try {
      const answer = await api.registries.search({ text: sought.value, page: next }, { signal })
      if (signal.aborted) return
      const known = new Set(found.value.map(({ name }) => name))
      found.value = [...found.value, ...answer.repositories.filter(({ name }) => !known.has(name))]
      page.value = next
      more.value = answer.more
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  async function begin(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    found.value = []
    page.value = 0
    more.value = false
    loading.value = false
    problem.value = null
    if (sought.value.length >= leastCharacters) await ask(1)
  }

  watch(sought, begin)
  onScopeDispose(() => asking.abort())

  return {
    text,
    found,
    /** An answer has come for what was typed. */
    answered: computed(() => page.value > 0),
    more,
    loading,
    problem,
    loadMore: () => ask(page.value + 1),
    again: begin,
  }
}
