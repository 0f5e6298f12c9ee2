import { computed, ref, shallowRef, watch } from 'vue'
import { findNodes, nodesOf, pathsAround, visibleNodes } from './jsonTree'

/** A JSON document as a tree: what is open, where one is, and what a search finds in it. */
export function useJsonTree(json: () => string) {
  const search = ref('')
  const open = shallowRef<ReadonlySet<string>>(new Set())
  /** The path of the line that the keys move from. */
  const current = shallowRef<string | null>(null)

  const nodes = computed(() => nodesOf(JSON.parse(json())))
  const lines = computed(() => visibleNodes(nodes.value, open.value))
  const currentNode = computed(() => nodes.value.find(({ path }) => path === current.value))
  const matches = computed(() => findNodes(nodes.value, search.value))
  const found = computed(() => new Set(matches.value))
  /** Which match one is at, from 0; -1 at none. */
  const matchIndex = computed(() =>
    current.value === null ? -1 : matches.value.indexOf(current.value),
  )

  function show(path: string): void {
    open.value = new Set([...open.value, ...pathsAround(nodes.value, path)])
    current.value = path
  }

  /** Goes to the next match, or the one before, around the end. */
  function walk(step: 1 | -1): void {
    const count = matches.value.length
    const from = matchIndex.value < 0 ? (step === 1 ? -1 : 0) : matchIndex.value
    const next = matches.value[(from + step + count) % count]
    if (next !== undefined) show(next)
  }

  function toggle(path: string, opens: boolean): void {
    const next = new Set(open.value)
    if (opens) next.add(path)
    else next.delete(path)
    open.value = next
  }

  function openAll(): void {
    open.value = new Set(
      nodes.value.filter(({ hasChildren }) => hasChildren).map(({ path }) => path),
    )
  }
  const closeAll = () => (open.value = new Set())

  watch(search, () => {
    const [first] = matches.value
    if (first !== undefined) show(first)
  })

  return {
    ...{ search, current, currentNode, lines, matches, found, matchIndex },
    ...{ walk, toggle, openAll, closeAll },
  }
}
