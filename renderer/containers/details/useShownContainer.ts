import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import { useWords } from '../../words'
import { useContainers } from '../store'

/** The container whose details are open, and whether it was removed meanwhile. */
export function useShownContainer(id: MaybeRefOrGetter<string>) {
  const { t } = useWords()
  const store = useContainers()
  const container = computed(() => store.items.get(toValue(id)))

  /** As it was last seen, so that it can still be called by its name when it is gone. */
  const last = shallowRef<Container>()
  watch(
    container,
    (present) => {
      if (present) last.value = present
    },
    { immediate: true },
  )

  const gone = computed(() => store.loaded && !container.value)
  const name = computed(() => {
    if (container.value) return container.value.name
    return last.value?.id === toValue(id) ? last.value.name : t('containers.details.unknown')
  })

  return { container, name, gone }
}
