import { computed, ref, watch, type Ref } from 'vue'
import type { LogEntry } from './buffer'

/** Finds a term in the lines that are here; `show` brings a found line into view. */
export function useLogSearch(
  entries: Readonly<Ref<readonly LogEntry[]>>,
  show: (index: number) => void,
) {
  const term = ref('')
  /** The key of the line that was found last. */
  const found = ref<number | null>(null)

  const matches = computed(() => {
    const wanted = term.value.toLowerCase()
    if (wanted === '') return []
    return entries.value.flatMap((entry, index) =>
      entry.kind === 'line' && entry.plain.toLowerCase().includes(wanted)
        ? [{ key: entry.key, index }]
        : [],
    )
  })
  const position = computed(() => matches.value.findIndex(({ key }) => key === found.value))

  function step(by: 1 | -1) {
    const count = matches.value.length
    if (count === 0) return
    // The newest match comes first: that is where one reads.
    const from = position.value < 0 ? (by < 0 ? count : -1) : position.value
    const match = matches.value[(from + by + count) % count]
    if (!match) return
    found.value = match.key
    show(match.index)
  }

  watch(term, () => {
    found.value = null
    step(-1)
  })

  return { term, found, matches, position, step }
}
