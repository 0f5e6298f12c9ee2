import { useRoute, useRouter } from 'vue-router'
import { useEngines } from './store'

/** Shows one engine on the pages; from the view of all it leads to that engine's containers. */
export function useShowEngine() {
  const route = useRoute()
  const router = useRouter()
  const engines = useEngines()

  return async function show(id: string): Promise<void> {
    engines.select(id)
    if (route.path === '/all') await router.push('/containers')
  }
}
