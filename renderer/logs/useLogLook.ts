import { useDebounceFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { logFilter, logLevels, type LogFilter, type LogPattern } from '../../preload/contract/logs'
import { useApi } from '../api'
import type { OpenLog } from './useOpenLog'

/** So that not each letter of a word searches a million lines. */
const typingMillis = 120

export const logStreams = ['stdout', 'stderr'] as const
type Stream = (typeof logStreams)[number]

/** What of a log is shown, and what is marked in it. */
export function useLogLook(log: OpenLog) {
  const api = useApi()
  const filter = shallowRef<LogFilter>(logFilter.parse({}))
  const pattern = shallowRef<LogPattern>({ text: '', regex: false, caseSensitive: false })

  const searching = computed(() => pattern.value.text !== '')
  /** How many kinds of conditions hold lines back, but for the sources, which have their own switches. */
  const conditions = computed(() => {
    const { levels, withoutLevel, streams } = filter.value
    return Number(levels !== null || !withoutLevel) + Number(streams !== null)
  })
  const filtered = computed(
    () =>
      conditions.value > 0 ||
      filter.value.sources !== null ||
      (filter.value.matching && searching.value),
  )

  async function tell(): Promise<void> {
    await log.call((logId) =>
      api.logs.look({
        logId,
        filter: filtered.value
          ? { ...filter.value, matching: filter.value.matching && searching.value }
          : null,
        pattern: searching.value ? pattern.value : null,
      }),
    )
  }

  function change(changes: Partial<LogFilter>): void {
    filter.value = { ...filter.value, ...changes }
  }

  const shows = {
    level: (level: (typeof logLevels)[number]) => filter.value.levels?.includes(level) ?? true,
    stream: (stream: Stream) => filter.value.streams?.includes(stream) ?? true,
    source: (source: number) => filter.value.sources?.includes(source) ?? true,
  }
  const toggle = {
    level: (level: (typeof logLevels)[number]) =>
      change({ levels: toggled(filter.value.levels, level, logLevels) }),
    stream: (stream: Stream) =>
      change({ streams: toggled(filter.value.streams, stream, logStreams) }),
    source: (source: number) =>
      change({ sources: toggled(filter.value.sources, source, [...log.ids.keys()]) }),
  }

  function showAll(): void {
    filter.value = logFilter.parse({})
  }

  watch(filter, () => void tell())
  watch(pattern, useDebounceFn(tell, typingMillis))
  watch(log.logId, () => {
    if (filtered.value || searching.value) void tell()
  })

  return { filter, pattern, searching, filtered, conditions, shows, toggle, change, showAll }
}

export type LogLook = ReturnType<typeof useLogLook>

/** Null stands for all of them. */
function toggled<Value>(
  chosen: readonly Value[] | null,
  value: Value,
  all: readonly Value[],
): Value[] | null {
  const before = chosen ?? all
  const next = all.filter((each) => before.includes(each) !== (each === value))
  return next.length === all.length ? null : next
}
