import { computed, type Ref } from 'vue'
import { unitOf } from '../../preload/contract/figures'
import { useContainers } from '../containers/store'
import { containerName } from '../containers/users/containerName'
import { useEngines } from '../engines/store'
import { useStats } from '../stats/store'
import { units } from '../stats/units'
import { useCalm } from '../stats/useCalm'
import { valueOf } from '../stats/values'
import { useWords } from '../words'
import { topTen, type TopMetric } from './topTen'

/**
 * The ten containers with the most of a metric. The values are those of now; the order is a calm one.
 *
 * @param held The rows stay where they are.
 */
export function useTopTen(metric: Readonly<Ref<TopMetric>>, held: Readonly<Ref<boolean>>) {
  const { t } = useWords()
  const engines = useEngines()
  const containers = useContainers()
  const stats = useStats()

  const nameOf = (id: string) => containerName(id, containers.items)
  const now = (id: string) => valueOf(stats.latest.get(id), metric.value)

  const calm = useCalm(() => stats.latest, {
    held,
    anew: () => `${metric.value} ${engines.currentId ?? ''} ${stats.latest.size > 0}`,
  })
  const ids = computed(() => topTen(calm.value.values(), metric.value, nameOf))

  const rows = computed(() => {
    const highest = Math.max(...ids.value.map((id) => now(id) ?? 0))
    return ids.value.map((id) => {
      const value = now(id)
      return {
        id,
        name: nameOf(id),
        project: containers.items.get(id)?.composeProject ?? null,
        text: value === null ? t('dashboard.none') : units[unitOf(metric.value)].text(value),
        /** Percent of the highest. */
        share: value === null || highest === 0 ? 0 : (value / highest) * 100,
      }
    })
  })

  return { rows }
}
