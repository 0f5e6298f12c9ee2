import { ref } from 'vue'
import { useApi } from '../api'
import { useToasts } from '../ui/useToasts'

/** Looks for engines again, when the person asks. */
export function useEngineSearch() {
  const api = useApi()
  const toasts = useToasts()
  const asking = ref(false)

  async function searchAgain(): Promise<void> {
    asking.value = true
    try {
      await api.engines.search()
    } catch (error) {
      toasts.problem(error)
    } finally {
      asking.value = false
    }
  }

  return { asking, searchAgain }
}
