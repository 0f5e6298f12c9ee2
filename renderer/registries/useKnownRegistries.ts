import { computed, onMounted } from 'vue'
import { useImages } from '../images/store'
import { knownRegistries } from './known'
import { useRegistries } from './store'

/** The registries that this machine has to do with; read again whenever a page that shows them opens. */
export function useKnownRegistries() {
  const registries = useRegistries()
  const images = useImages()

  onMounted(() => Promise.all([registries.refresh(), registries.refreshSettings()]))

  return computed(() =>
    knownRegistries({
      logins: registries.list,
      settings: registries.settings,
      references: [...images.items.values()].flatMap(({ references }) => references),
    }),
  )
}
