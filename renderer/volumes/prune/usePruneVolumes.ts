import { computed, ref } from 'vue'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useFollowedJob } from '../../jobs/useFollowedJob'
import { useLeftOut } from '../../ui/useLeftOut'
import { takenTogether } from '../names'
import { useVolumes } from '../store'
import { prunableVolumes, type VolumePruneScope } from './criteria'

/** What a prune of volumes takes, by what the person wants, and starting it with exactly that. */
export function usePruneVolumes() {
  const api = useApi()
  const engines = useEngines()
  const volumes = useVolumes()
  const followed = useFollowedJob()

  const scope = ref<VolumePruneScope>('anonymous')
  const search = ref('')

  const shown = computed(() =>
    prunableVolumes(volumes.items.values(), { scope: scope.value, search: search.value }),
  )
  const { selected } = useLeftOut(() => shown.value.map(({ id }) => id))
  const going = computed(() => shown.value.filter(({ id }) => selected.value.has(id)))
  const freed = computed(() => takenTogether(going.value))

  async function prune(): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || going.value.length === 0) return
    const ids = going.value.map(({ id }) => id)
    await followed.start(() => api.volumes.prune({ engineId, ids }))
  }

  return { followed, scope, search, shown, selected, going, freed, prune }
}
