import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { registryPath } from '../paths'

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** What of a registry is shown: it stands in the address, so that going back shows what was looked at. */
export function useShown(host: string) {
  const route = useRoute()
  const router = useRouter()
  const repository = computed(() => textOf(route.query.repository))
  /** A tag, or the digest of one platform's image. */
  const reference = computed(() => textOf(route.query.reference))

  function show(shown: { repository: string | null; reference?: string | null }) {
    const query = {
      ...(shown.repository !== null && { repository: shown.repository }),
      ...(shown.reference != null && { reference: shown.reference }),
    }
    return router.push({ path: registryPath(host), query })
  }

  return { repository, reference, show }
}
