import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { DiskKind, KindUsage } from '../../../preload/contract/diskUsage'
import type { Problem } from '../../../preload/contract/errors'
import { useApi } from '../../api'
import { toProblem } from '../../problems'

export interface MeasuredDisk {
  usages: readonly KindUsage[]
  measuredAt: number
}

/** What is being counted. */
interface Counting {
  now: readonly DiskKind[]
  later: readonly DiskKind[]
  since: number
  /** Kinds that are counted. */
  done: readonly KindUsage[]
}

/** What was measured last of each engine. */
const useMeasuredDisks = defineStore('measured-disks', () => {
  const disks = shallowRef<ReadonlyMap<string, MeasuredDisk>>(new Map())
  function keep(engineId: string, disk: MeasuredDisk): void {
    disks.value = new Map([...disks.value, [engineId, disk]])
  }
  return { disks, keep }
})

/** Measures an engine's disk; leaving the scope, or going to another engine, gives it up. */
export function useDiskUsage(engineId: () => string) {
  const api = useApi()
  const measured = useMeasuredDisks()
  const counting = shallowRef<Counting | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let running = new AbortController()

  function cancel(): void {
    running.abort()
    counting.value = null
    problem.value = null
  }

  async function measure(): Promise<void> {
    cancel()
    running = new AbortController()
    const { signal } = running
    const id = engineId()
    let done: readonly KindUsage[] = []
    counting.value = { now: [], later: [], since: Date.now(), done }
    try {
      for await (const message of await api.engines.diskUsage({ engineId: id }, { signal })) {
        if (signal.aborted) return
        if (message.kind === 'counting') {
          // By this machine's clock, as the time that is shown.
          counting.value = { now: message.now, later: message.later, since: Date.now(), done }
        } else if (message.kind === 'counted') done = [...done, ...message.usages]
        else measured.keep(id, { usages: done, measuredAt: message.measuredAt })
      }
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    }
    if (!signal.aborted) counting.value = null
  }

  watch(engineId, cancel)
  onScopeDispose(cancel)

  const disk = computed(() => measured.disks.get(engineId()) ?? null)
  return { disk, counting, problem, measure, cancel }
}
