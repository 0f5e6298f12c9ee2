import { computed, ref, shallowRef } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import type { Problem } from '../../../preload/contract/errors'
import { provisionalNameOf } from '../../../preload/contract/recreation'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useLoaded } from '../../loaded'
import { toProblem } from '../../problems'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { useContainers } from '../store'
import { useWayBack } from './useWayBack'

/** Making one container again: what it would do, doing it, and how far it is. */
export function useRecreation(container: Container, done: () => void) {
  const api = useApi()
  const engines = useEngines()
  const store = useContainers()
  const toasts = useToasts()
  const wayBack = useWayBack()
  const { t } = useWords()

  const attempt = ref(0)
  const { value: plan, problem: planProblem } = useLoaded(
    () =>
      engines.currentId === null
        ? null
        : { engineId: engines.currentId, id: container.id, attempt: attempt.value },
    ({ engineId, id }, signal) => api.containers.recreation({ engineId, id }, { signal }),
  )

  const keepAddresses = ref(true)
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  /** Told by the list, which is live: the new container has a name of its own until the end. */
  const stage = computed(() => {
    const now = [...store.items.values()]
    if (store.items.get(container.id)?.name !== container.name) return 'starting'
    const created = now.some(({ name }) => name === provisionalNameOf(container.name))
    return created ? 'stopping' : 'creating'
  })

  async function recreate(): Promise<void> {
    const engineId = engines.currentId
    const planned = plan.value
    if (engineId === null || planned === null || busy.value) return
    busy.value = true
    problem.value = null
    const { id: oldId, name } = container
    try {
      const { id, keptId } = await api.containers.recreate({
        engineId,
        id: oldId,
        keepAddresses: keepAddresses.value,
      })
      await wayBack.follow(oldId, id)
      toasts.show({
        tone: 'good',
        text: t('containers.recreation.done', { name }),
        hint: t('containers.recreation.doneHint', { name: planned.keptName }),
        action: {
          label: t('containers.recreation.undo'),
          run: () => wayBack.undo({ engineId, name, id, keptId }),
        },
      })
      done()
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      busy.value = false
    }
  }

  return {
    plan,
    planProblem,
    readAgain: () => attempt.value++,
    keepAddresses,
    busy,
    problem,
    stage,
    recreate,
  }
}
