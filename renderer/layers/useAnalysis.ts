import { computed } from 'vue'
import { useApi } from '../api'
import { useReading } from '../reading'

/** Reads the layers of one image at a time. */
export function useAnalysis() {
  const api = useApi()
  const { read, ...reading } = useReading((input: { engineId: string; id: string }, options) =>
    api.layers.analyse(input, options),
  )
  return { analysis: computed(() => read.value?.analysis ?? null), ...reading }
}
