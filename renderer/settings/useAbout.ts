import { onMounted, shallowRef } from 'vue'
import type { Api } from '../../preload/contract'
import { useApi } from '../api'

export type About = Awaited<ReturnType<Api['application']['about']>>

/** What this app is and where it runs; null until main has told, and if it cannot be asked. */
export function useAbout() {
  const api = useApi()
  const about = shallowRef<About | null>(null)
  onMounted(async () => {
    about.value = await api.application.about().catch(() => null)
  })
  return about
}
