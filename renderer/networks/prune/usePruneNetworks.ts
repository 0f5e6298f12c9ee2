import { computed, ref, shallowRef } from 'vue'
import type { Outcomes } from '../../../preload/contract/base'
import type { Network } from '../../../preload/contract/networks'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLeftOut } from '../../ui/useLeftOut'
import { useSubmission } from '../../ui/useSubmission'
import { isUnused, matchesSearch } from '../filter'
import { useNetworks } from '../store'

interface Pruned {
  removed: number
  kept: { id: string; name: string; reason: string }[]
}

/** What a prune of networks takes, and doing it with exactly that: each goes only while it is unused. */
export function usePruneNetworks() {
  const api = useApi()
  const engines = useEngines()
  const networks = useNetworks()
  const { busy, problem, submit } = useSubmission()

  const search = ref('')
  /** Null until it was done. */
  const pruned = shallowRef<Pruned | null>(null)

  const shown = computed(() =>
    [...networks.items.values()].filter(
      (network) => isUnused(network) && matchesSearch(network, search.value),
    ),
  )
  const { selected } = useLeftOut(() => shown.value.map(({ id }) => id))
  const going = computed(() => shown.value.filter(({ id }) => selected.value.has(id)))

  async function prune(): Promise<void> {
    const engineId = engines.currentId
    const meant = going.value
    if (engineId === null || meant.length === 0) return
    await submit(async () => {
      const ids = meant.map(({ id }) => id)
      pruned.value = resultOf(await api.networks.remove({ engineId, ids }), meant)
    })
  }

  return { search, shown, selected, going, pruned, busy, problem, prune }
}

function resultOf({ outcomes }: Outcomes, meant: readonly Network[]): Pruned {
  const names = new Map(meant.map(({ id, name }) => [id, name]))
  // One that somebody else removed meanwhile is gone as well.
  const isGone = ({ problem }: Outcomes['outcomes'][number]) =>
    problem === undefined || problem.code === 'not-found'
  return {
    removed: outcomes.filter(isGone).length,
    kept: outcomes
      .filter((outcome) => !isGone(outcome))
      .map(({ id, problem }) => ({
        id,
        name: names.get(id) ?? id,
        reason: problem?.message ?? '',
      })),
  }
}
