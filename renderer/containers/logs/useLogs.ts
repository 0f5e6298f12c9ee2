import { computed, shallowRef, triggerRef } from 'vue'
import type { LogBatch } from '../../../preload/contract/containers'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLiveStream } from '../../live'
import { addBatch, createLogBuffer, createLogSeam } from './buffer'

const tail = 1_000

/**
 * A container's log: the last lines, then new ones as they come.
 *
 * @param onTrim Called before the oldest entries leave, with how many.
 */
export function useLogs(id: string, onTrim: (count: number) => void) {
  const api = useApi()
  const engines = useEngines()
  const buffer = shallowRef(createLogBuffer())
  const loaded = shallowRef(false)
  const seam = createLogSeam()
  let again = false

  const { problem, ended } = useLiveStream<LogBatch>({
    subscribe(signal, engineId) {
      if (again && !seam.beginAgain()) buffer.value = createLogBuffer()
      again = true
      return api.containers.logs({ engineId, id, tail, follow: true }, { signal })
    },
    of: () => engines.currentId,
    finite: true,
    receive(batch) {
      const trimmed = addBatch(buffer.value, seam.fresh(batch))
      loaded.value = true
      if (trimmed > 0) onTrim(trimmed)
      triggerRef(buffer)
    },
  })

  const entries = computed(() => [...buffer.value.entries])
  const trimmed = computed(() => buffer.value.trimmed)

  return { entries, trimmed, loaded, problem, ended }
}
