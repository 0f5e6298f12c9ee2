import { computed } from 'vue'
import { useContainers } from '../containers/store'
import { useEngines } from '../engines/store'
import { useImages } from '../images/store'
import { useVolumes } from '../volumes/store'
import { useWords } from '../words'
import type { PageId } from './pages'

interface Count {
  text: string
  title?: string
}

/** The numbers beside the pages' names; none before they are known. */
export function useCounts() {
  const { t } = useWords()
  const containers = useContainers()
  const images = useImages()
  const volumes = useVolumes()
  const engines = useEngines()

  const running = computed(
    () => [...containers.items.values()].filter(({ state }) => state === 'running').length,
  )

  return computed((): Partial<Record<PageId, Count>> => ({
    ...(containers.loaded && {
      containers: {
        text: String(containers.items.size),
        title: t('shell.runningOf', { running: running.value, all: containers.items.size }),
      },
    }),
    ...(images.loaded && { images: { text: String(images.items.size) } }),
    ...(volumes.loaded && { volumes: { text: String(volumes.items.size) } }),
    ...(engines.engines.length > 1 && { engines: { text: String(engines.engines.length) } }),
  }))
}
