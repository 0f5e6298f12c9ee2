import { ref } from 'vue'
import { useApi } from '../api'
import { useToasts } from '../ui/useToasts'

/** Tries an engine now instead of waiting for the back-off to end. */
export function useReconnect() {
  const api = useApi()
  const toasts = useToasts()
  const reconnecting = ref(false)

  async function reconnect(engineId: string): Promise<void> {
    reconnecting.value = true
    try {
      await api.engines.reconnect({ engineId })
    } catch (error) {
      toasts.problem(error)
    } finally {
      reconnecting.value = false
    }
  }

  return { reconnecting, reconnect }
}
