import { useRouter } from 'vue-router'
import type { AlertOpened } from '../../preload/contract/alerts'
import { useEngines } from '../engines/store'

/** The way from an alert to the charts of its container, be it on another engine. */
export function useOpenCharts() {
  const engines = useEngines()
  const router = useRouter()

  const pathOf = (containerId: string) => `/containers/${containerId}?tab=charts`

  function showEngine(engineId: string): void {
    const isKnown = engines.engines.some(({ id }) => id === engineId)
    if (isKnown && engineId !== engines.currentId) engines.select(engineId)
  }

  function open({ engineId, containerId }: AlertOpened): void {
    showEngine(engineId)
    void router.push(pathOf(containerId))
  }

  return { pathOf, showEngine, open }
}
