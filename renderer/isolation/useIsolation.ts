import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Container } from '../../preload/contract/containers'
import type { Problem } from '../../preload/contract/errors'
import type { Isolation, IsolationElsewhere } from '../../preload/contract/isolation'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { toProblem } from '../problems'

/** How often processes may come and go unnoticed, milliseconds. */
const REFRESH_MILLIS = 5_000

/**
 * How one container is kept apart: read at once, whenever the container changes, and every few seconds
 * while the page is looked at. It ends with the scope it was called in.
 */
export function useIsolation(container: MaybeRefOrGetter<Container>) {
  const api = useApi()
  const engines = useEngines()
  const visibility = useDocumentVisibility()
  const answer = shallowRef<Isolation | IsolationElsewhere | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const reading = ref(false)
  let asking = new AbortController()

  async function read(): Promise<void> {
    asking.abort()
    const { signal } = (asking = new AbortController())
    const engineId = engines.currentId
    if (engineId === null) return
    reading.value = true
    try {
      answer.value = await api.isolation.read({ engineId, id: toValue(container).id }, { signal })
      problem.value = null
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    } finally {
      if (!signal.aborted) reading.value = false
    }
  }

  watch(
    () => {
      const { id, state, startedAt } = toValue(container)
      return [id, state, startedAt, engines.currentId].join(' ')
    },
    () => {
      if (hasProcesses(toValue(container))) void read()
      else {
        asking.abort()
        answer.value = null
        problem.value = null
        reading.value = false
      }
    },
    { immediate: true },
  )
  useIntervalFn(() => {
    const looked = visibility.value === 'visible' && !reading.value
    if (looked && hasProcesses(toValue(container))) void read()
  }, REFRESH_MILLIS)
  onScopeDispose(() => asking.abort())

  return { answer, problem, reading, read }
}

/** True while there are processes to look at. */
export function hasProcesses({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'stopping'
}
