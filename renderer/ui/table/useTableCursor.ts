import { computed, ref, type Ref } from 'vue'
import type { Line } from './arrange'

/**
 * The line that the keyboard is on. It is kept by key, so it stays with its row while rows come, go
 * and move; when its row goes, the cursor stays at that height.
 */
export function useTableCursor<Row>(lines: Readonly<Ref<readonly Line<Row>[]>>) {
  const key = ref<string | null>(null)
  let lastIndex = 0

  const index = computed(() => {
    const found = lines.value.findIndex((line) => line.key === key.value)
    return found >= 0 ? found : Math.min(lastIndex, lines.value.length - 1)
  })
  const line = computed(() => (key.value === null ? undefined : lines.value[index.value]))

  function moveTo(target: number) {
    const clamped = Math.max(0, Math.min(lines.value.length - 1, target))
    lastIndex = clamped
    key.value = lines.value[clamped]?.key ?? null
  }

  /** Where a key moves the cursor to; null for keys that do not move it. */
  function targetOf(pressed: string, page: number): number | null {
    const from = key.value === null ? -1 : index.value
    switch (pressed) {
      case 'ArrowDown':
        return from + 1
      case 'ArrowUp':
        return Math.max(0, from - 1)
      case 'PageDown':
        return from + page
      case 'PageUp':
        return from - page
      case 'Home':
        return 0
      case 'End':
        return lines.value.length - 1
      default:
        return null
    }
  }

  return { index, line, moveTo, targetOf }
}
