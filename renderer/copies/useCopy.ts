import { computed, ref } from 'vue'
import { useApi } from '../api'
import { useReferenceField } from '../images/useReferenceField'
import { useFollowedJob } from '../jobs/useFollowedJob'
import { usePlatforms } from './usePlatforms'

/** The form of a copy, and the job that it starts. */
export function useCopy(initial: string) {
  const api = useApi()
  const followed = useFollowedJob()
  const from = useReferenceField(initial)
  const to = useReferenceField()
  const platforms = usePlatforms(() => from.fullName.value)
  /** Empty: everything. */
  const platform = ref('')

  /** What is wrong with the two names together. */
  const wrong = computed(() => {
    if (to.reference.value?.digest !== undefined) return 'noDigest'
    const isSame = to.fullName.value !== null && to.fullName.value === from.fullName.value
    return isSame ? 'same' : null
  })
  const complete = computed(
    () => from.fullName.value !== null && to.fullName.value !== null && wrong.value === null,
  )

  async function copy(): Promise<void> {
    const [source, target] = [from.fullName.value, to.fullName.value]
    if (source === null || target === null || !complete.value) return
    const only = platforms.value.includes(platform.value) ? { platform: platform.value } : {}
    await followed.start(() => api.copies.start({ from: source, to: target, ...only }))
  }

  return { followed, from, to, platforms, platform, wrong, complete, copy }
}
