import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useWords } from '../../words'

const ids = [
  'overview',
  'charts',
  'logs',
  'terminal',
  'files',
  'processes',
  'isolation',
  'inspect',
] as const
export type DetailsTab = (typeof ids)[number]

/** The open tab; it stands in the address, so that it stays from one container to the next. */
export function useDetailsTab() {
  const { t } = useWords()
  const route = useRoute()
  const router = useRouter()

  const tabs = ids.map((id) => ({ id, label: t(`containers.details.tabs.${id}`) }))
  const tab = computed({
    get: () => ids.find((id) => id === route.query.tab) ?? 'overview',
    set: (next: DetailsTab) => void router.replace({ query: { ...route.query, tab: next } }),
  })

  return { tabs, tab }
}
