import { computed, ref } from 'vue'
import type { FilesTarget } from '../../preload/contract/files'
import { useApi } from '../api'
import { useLoaded } from '../loaded'

/** The image whose program works on a volume: a container that runs needs none. */
export function useToolImage(target: FilesTarget) {
  const api = useApi()
  const needed = 'volume' in target
  const { value: images, problem } = useLoaded(
    () => (needed ? target.engineId : null),
    (engineId, signal) => api.files.toolImages({ engineId }, { signal }),
  )
  const chosen = ref('')
  const image = computed({
    get: () => chosen.value || (images.value?.[0]?.id ?? ''),
    set: (next: string) => {
      chosen.value = next
    },
  })
  const options = computed(() =>
    (images.value ?? []).map(({ id, reference }) => ({ value: id, label: reference })),
  )
  const ready = computed(() => !needed || image.value !== '')
  const none = computed(() => needed && images.value?.length === 0)
  const input = computed(() => (needed ? { toolImage: image.value } : {}))
  return { needed, image, options, problem, ready, none, input }
}
