import { computed } from 'vue'
import { useApi } from '../api'
import { useReading } from '../reading'

/** Looks into one file at a time. */
export function useInspection() {
  const api = useApi()
  const { read, ...reading } = useReading((file: string, options) =>
    api.archives.inspect({ file }, options),
  )
  return { archive: computed(() => read.value?.archive ?? null), ...reading }
}
