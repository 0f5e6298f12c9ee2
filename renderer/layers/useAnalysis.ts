import { computed, onScopeDispose, shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import type { AnalysisMessage } from '../../preload/contract/layers'
import { useApi } from '../api'
import { toProblem } from '../problems'

/** Reads the layers of one image at a time; reading another, or leaving, gives up the one before. */
export function useAnalysis() {
  const api = useApi()
  /** What main said last; null: nothing is read. */
  const message = shallowRef<AnalysisMessage | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let running = new AbortController()

  const analysis = computed(() => (message.value?.kind === 'read' ? message.value.analysis : null))
  const reading = computed(() => (message.value?.kind === 'reading' ? message.value : null))

  function cancel(): void {
    running.abort()
    message.value = null
    problem.value = null
  }

  async function start(input: { engineId: string; id: string }): Promise<void> {
    cancel()
    running = new AbortController()
    const { signal } = running
    message.value = { kind: 'reading', bytes: 0, totalBytes: 0 }
    try {
      for await (const next of await api.layers.analyse(input, { signal })) {
        if (signal.aborted) return
        message.value = next
      }
    } catch (error) {
      if (signal.aborted) return
      message.value = null
      problem.value = toProblem(error)
    }
  }

  onScopeDispose(cancel)
  return { analysis, reading, problem, start, cancel }
}
