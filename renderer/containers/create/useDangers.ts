import { computed, ref, watch, type Ref } from 'vue'
import { dangers as knownDangers, type Danger } from '../../../preload/contract/containerSettings'
import type { Problem } from '../../../preload/contract/errors'
import { useCreateDraft } from './draft'

/** The dangers that the draft's settings were refused for, and whether the person accepts them. */
export function useDangers(problem: Ref<Problem | null>) {
  const draft = useCreateDraft()
  const accepted = ref(false)
  const dangers = computed<Danger[]>(() =>
    knownDangers.filter((danger) => problem.value?.dangers?.includes(danger)),
  )
  const areOpen = computed(() => dangers.value.length > 0 && !accepted.value)
  const acceptedDangers = computed(() => (accepted.value ? dangers.value : []))

  // What was accepted holds for what was shown: any change asks again.
  watch(
    () => JSON.stringify(draft.settings),
    () => {
      accepted.value = false
      problem.value = null
    },
  )

  return { dangers, accepted, areOpen, acceptedDangers }
}
