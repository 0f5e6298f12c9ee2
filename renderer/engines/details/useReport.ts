import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Engine } from '../../../preload/contract/engines'
import type { EngineReport } from '../../../preload/contract/engineFacts'
import { useApi } from '../../api'
import { useLoaded } from '../../loaded'

/** What engines said last, by their ids: it is shown while one does not answer. */
const useKnownReports = defineStore('engine-reports', () => {
  const reports = shallowRef<ReadonlyMap<string, EngineReport>>(new Map())
  function keep(engineId: string, report: EngineReport): void {
    reports.value = new Map([...reports.value, [engineId, report]])
  }
  return { reports, keep }
})

/** What an engine says of itself: asked when it connects, and again when the person asks. */
export function useReport(engine: () => Engine | undefined) {
  const api = useApi()
  const known = useKnownReports()
  const reveal = ref(false)
  const times = ref(0)

  const { value, problem } = useLoaded(
    () => {
      const shown = engine()
      if (shown?.state !== 'connected') return null
      const { id: engineId, stateSince } = shown
      return { engineId, stateSince, reveal: reveal.value, times: times.value }
    },
    async ({ engineId, reveal: shown, times: asked }, signal) => ({
      ...{ engineId, asked, reveal: shown },
      report: await api.engines.facts({ engineId, reveal: shown }, { signal }),
    }),
  )

  watch(value, (loaded) => {
    // Secrets that were asked for are not kept.
    if (loaded && !loaded.reveal) known.keep(loaded.engineId, loaded.report)
  })

  const report = computed(() => {
    const id = engine()?.id
    if (id === undefined) return null
    if (value.value?.engineId === id) return value.value.report
    return known.reports.get(id) ?? null
  })
  const asking = computed(
    () =>
      engine()?.state === 'connected' &&
      problem.value === null &&
      (value.value === null || value.value.asked !== times.value),
  )

  return { report, problem, reveal, asking, refresh: () => (times.value += 1) }
}
