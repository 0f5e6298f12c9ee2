import { refDebounced } from '@vueuse/core'
import { computed, ref, watch } from 'vue'
import type { Problem } from '../../../preload/contract/errors'
import type { PullPlan } from '../../../preload/contract/images'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'
import { toProblem } from '../../problems'

/** How long nothing may be typed before the registry is asked, milliseconds. */
const SETTLE_MILLIS = 400

interface Answer {
  asked: { reference: string; platform?: string }
  plan: PullPlan | null
  problem: Problem | null
}

/**
 * What a pull would bring, asked of the registry whenever the name or the platform is another one.
 *
 * @param fullName null while what was typed is no name
 */
export function usePullPlan(fullName: () => string | null) {
  const api = useApi()
  const engines = useEngines()
  const name = refDebounced(computed(fullName), SETTLE_MILLIS)
  /** Empty: the engine's own. */
  const platform = ref('')
  watch(name, () => (platform.value = ''))

  const input = computed(() => {
    if (engines.currentId === null || name.value === null) return null
    return {
      engineId: engines.currentId,
      reference: name.value,
      ...(platform.value !== '' && { platform: platform.value }),
    }
  })
  const { value: answer } = useLoaded(
    () => input.value,
    async (asked, signal): Promise<Answer> => {
      try {
        return { asked, plan: await api.images.planPull(asked, { signal }), problem: null }
      } catch (error) {
        return { asked, plan: null, problem: toProblem(error) }
      }
    },
  )

  /** Of the name that is asked for now; null until the registry has told. */
  const current = computed(() => {
    const given = answer.value
    return given?.asked.reference === name.value && fullName() === name.value ? given : null
  })

  return {
    platform,
    plan: computed(() => current.value?.plan ?? null),
    problem: computed(() => current.value?.problem ?? null),
    /** What is shown is of another platform until the answer comes. */
    asking: computed(() => (current.value?.asked.platform ?? '') !== platform.value),
  }
}
