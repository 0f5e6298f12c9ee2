import { computed, watch } from 'vue'
import { useImages } from '../images/store'
import { knownRegistries } from './known'
import { useRegistries } from './store'

/**
 * The registries that this machine has to do with.
 *
 * @param looked - what is looked at: whenever it changes, they are read again
 */
export function useKnownRegistries(looked: () => unknown) {
  const registries = useRegistries()
  const images = useImages()

  watch(looked, () => Promise.all([registries.refresh(), registries.refreshSettings()]), {
    immediate: true,
  })

  return computed(() =>
    knownRegistries({
      logins: registries.list,
      settings: registries.settings,
      references: [...images.items.values()].flatMap(({ references }) => references),
    }),
  )
}
