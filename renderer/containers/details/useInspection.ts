import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Container, ContainerDetails } from '../../../preload/contract/containers'
import type { Problem } from '../../../preload/contract/errors'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { toProblem } from '../../problems'

/** What the engine tells about one container; asked again whenever the container changes. */
export function useInspection(container: MaybeRefOrGetter<Container>) {
  const api = useApi()
  const engines = useEngines()
  const details = shallowRef<ContainerDetails | null>(null)
  const problem = shallowRef<Problem | null>(null)
  /** Values that look secret are shown. */
  const reveal = ref(false)
  let asking = new AbortController()

  watch(
    [() => toValue(container), reveal],
    async ([{ id }]) => {
      asking.abort()
      const { signal } = (asking = new AbortController())
      const engineId = engines.currentId
      if (engineId === null) return
      try {
        details.value = await api.containers.inspect(
          { engineId, id, reveal: reveal.value },
          { signal },
        )
        problem.value = null
      } catch (error) {
        if (!signal.aborted) problem.value = toProblem(error)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => asking.abort())

  return { details, problem, reveal }
}
