import { useDocumentVisibility } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import type { StatsTick } from '../../preload/contract/stats'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useLink } from '../link'
import { toProblem } from '../problems'
import { addTick, fromHistory, nothingKnown, type ContainerSeries } from './history'
import { useStats } from './store'
import { followedMillis, lengthOf } from './timeView'
import type { TimeView } from './useTimeView'

/** One point a second for what is followed second by second, and some to spare. */
const followedPoints = 1_000

/**
 * What is kept of some containers in the time that is looked at. While that is the last minutes, every
 * tick is added; otherwise it is read anew whenever the time changes.
 *
 * @param points How many points can be told apart: about the width in pixels.
 */
export function useHistories(ids: () => readonly string[], time: TimeView, points: () => number) {
  const api = useApi()
  const engines = useEngines()
  const stats = useStats()
  const link = useLink()
  const visibility = useDocumentVisibility()

  const containers = shallowRef<ReadonlyMap<string, ContainerSeries>>(new Map())
  const loaded = ref(false)
  const problem = shallowRef<Problem | null>(null)
  /** Grows whenever series have changed in place. */
  const version = ref(0)
  let running = new AbortController()
  /** Ticks that came while history was on its way; null: none is. */
  let late: StatsTick[] | null = null
  onScopeDispose(() => running.abort())

  async function load() {
    running.abort()
    late = null
    const { signal } = (running = new AbortController())
    const engineId = engines.currentId
    if (engineId === null || link.value !== 'open' || visibility.value === 'hidden') return
    const waiting: StatsTick[] = (late = [])
    const { from, to } = time.span.value
    const fine = lengthOf(time.span.value) <= followedMillis
    const input = { engineId, from, to, points: fine ? followedPoints : points() }
    const answers = await Promise.allSettled(
      ids().map(async (id) => {
        const history = await api.stats.history({ ...input, id }, { signal })
        return [id, fromHistory(history)] as const
      }),
    )
    if (signal.aborted) return
    const failed = answers.find((answer) => answer.status === 'rejected')
    problem.value = failed ? toProblem(failed.reason) : null
    containers.value = new Map(
      answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
    )
    loaded.value = true
    version.value++
    late = null
    waiting.forEach(take)
  }

  function take({ at, containers: all }: StatsTick) {
    if (!time.followed.value) return
    let changed = false
    for (const id of ids()) {
      const own = all.find((one) => one.id === id)
      if (!own) continue
      let container = containers.value.get(id)
      if (!container) {
        container = nothingKnown()
        containers.value = new Map([...containers.value, [id, container]])
      }
      addTick(container, at, own, time.span.value.from)
      changed = true
    }
    if (changed) version.value++
  }

  watch(
    () => stats.tick,
    (tick) => {
      if (!tick) return
      late?.push(tick)
      take(tick)
    },
    { flush: 'sync' },
  )

  /** What history is asked for; while ticks are followed, the time goes on without asking again. */
  const request = computed(() => {
    const { from, to } = time.span.value
    const when = time.followed.value ? time.range.value : `${from}-${to}-${points()}`
    return [engines.currentId, when, ...ids()].join(' ')
  })
  watch([request, link, visibility], () => void load())
  // Not before: the width is known then.
  onMounted(load)

  return { containers, loaded, problem, version }
}
