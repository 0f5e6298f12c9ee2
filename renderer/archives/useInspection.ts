import { computed, onScopeDispose, shallowRef } from 'vue'
import type { InspectMessage } from '../../preload/contract/archives'
import type { Problem } from '../../preload/contract/errors'
import { useApi } from '../api'
import { toProblem } from '../problems'

/** Looks into one file at a time; looking into another gives up the one before. */
export function useInspection() {
  const api = useApi()
  /** What main said last; null: nothing is looked into. */
  const message = shallowRef<InspectMessage | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let looking = new AbortController()

  const archive = computed(() => (message.value?.kind === 'read' ? message.value.archive : null))
  const reading = computed(() => (message.value?.kind === 'reading' ? message.value : null))

  function leave(): void {
    looking.abort()
    message.value = null
    problem.value = null
  }

  async function look(file: string): Promise<void> {
    leave()
    looking = new AbortController()
    const { signal } = looking
    message.value = { kind: 'reading', bytes: 0, totalBytes: 0 }
    try {
      for await (const next of await api.archives.inspect({ file }, { signal })) {
        if (signal.aborted) return
        message.value = next
      }
    } catch (error) {
      if (signal.aborted) return
      message.value = null
      problem.value = toProblem(error)
    }
  }

  onScopeDispose(leave)
  return { archive, reading, problem, look, leave }
}
