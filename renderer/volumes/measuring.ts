import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Volume } from '../../preload/contract/volumes'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { toProblem } from '../problems'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { volumeName } from './names'
import { useVolumes } from './store'

/** How far a measuring is. */
interface Measuring {
  ids: ReadonlySet<string>
  bytes: number
  done: number
  of: number
}

/** The one measuring of volumes that runs. It goes on over pages, and what it finds comes with the list. */
export const useMeasuring = defineStore('measuring-volumes', () => {
  const api = useApi()
  const engines = useEngines()
  const volumes = useVolumes()
  const toasts = useToasts()
  const { t } = useWords()

  const running = shallowRef<Measuring | null>(null)
  let ending = new AbortController()

  function cancel(): void {
    ending.abort()
    running.value = null
  }

  /** Measures volumes; one that runs already ends. */
  async function measure(some: readonly Volume[]): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || some.length === 0) return
    cancel()
    ending = new AbortController()
    const { signal } = ending
    const ids = some.map(({ id }) => id)
    running.value = { ids: new Set(ids), bytes: 0, done: 0, of: ids.length }
    try {
      for await (const message of await api.volumes.measure({ engineId, ids }, { signal })) {
        if (signal.aborted) return
        if (message.kind === 'reading') {
          const { bytes, done, of } = message
          running.value = { ids: new Set(ids), bytes, done, of }
          continue
        }
        for (const { id, problem } of message.problems.slice(0, 3)) {
          const volume = volumes.items.get(id)
          const name = volume ? volumeName(volume) : id
          const text = t('volumes.measure.failed', { name, message: problem.message })
          toasts.show({ tone: 'bad', text, hint: problem.hint })
        }
      }
    } catch (error) {
      if (!signal.aborted) toasts.problem(toProblem(error))
    }
    if (!signal.aborted) running.value = null
  }

  const isMeasuring = computed(() => (id: string) => running.value?.ids.has(id) ?? false)

  return { running, isMeasuring, measure, cancel }
})
