import { computed, ref } from 'vue'
import { volumeName } from '../../../preload/contract/volumes'
import { useWords } from '../../words'
import { useVolumes } from '../store'

/** A name that a volume is to get, with what speaks against it. */
export function useNewVolumeName(initial = '') {
  const volumes = useVolumes()
  const { t } = useWords()
  const name = ref(initial)

  const typed = computed(() => name.value.trim())
  const taken = computed(() => volumes.items.has(typed.value))
  const valid = computed(() => volumeName.safeParse(typed.value).success)
  /** Nothing typed is no mistake yet. */
  const error = computed(() =>
    typed.value === '' || valid.value ? undefined : t('volumes.create.badName'),
  )

  return { name, typed, taken, valid, error }
}
