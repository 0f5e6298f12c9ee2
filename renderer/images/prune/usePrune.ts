import { computed, ref } from 'vue'
import { freedBy } from '../../../preload/contract/layers'
import { useApi } from '../../api'
import { useNow } from '../../clock'
import { useEngines } from '../../engines/store'
import { useFollowedJob } from '../../jobs/useFollowedJob'
import { useSharingMap } from '../../layers/sharing/useSharingMap'
import { useLeftOut } from '../../ui/useLeftOut'
import { useImages } from '../store'
import { prunable, readDays, type PruneScope } from './criteria'

/** What a prune takes, by what the person wants, and starting it with exactly that. */
export function usePrune() {
  const api = useApi()
  const engines = useEngines()
  const images = useImages()
  const now = useNow()
  const { sharing } = useSharingMap()
  const followed = useFollowedJob()

  const scope = ref<PruneScope>('dangling')
  const days = ref('')
  const search = ref('')

  const olderThanDays = computed(() => readDays(days.value))
  const shown = computed(() => {
    if (olderThanDays.value === undefined) return []
    const criteria = {
      scope: scope.value,
      olderThanDays: olderThanDays.value,
      search: search.value,
    }
    return prunable(images.items.values(), criteria, now.value)
  })
  const { selected } = useLeftOut(() => shown.value.map(({ id }) => id))
  const going = computed(() => shown.value.filter(({ id }) => selected.value.has(id)))

  /** Null until it is known. */
  const freed = computed(() =>
    sharing.value === null ? null : freedBy(sharing.value, selected.value),
  )

  async function prune(): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || going.value.length === 0) return
    const chosen = going.value.map(({ id, references }) => ({ id, references }))
    await followed.start(() => api.prune.start({ engineId, images: chosen }))
  }

  const daysWrong = computed(() => olderThanDays.value === undefined)
  return { followed, scope, days, daysWrong, search, shown, selected, going, freed, prune }
}
