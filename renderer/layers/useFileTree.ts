import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { useApi } from '../api'
import { toProblem } from '../problems'
import { linesOf, type Folders } from './tree'

/** What of an image is looked at: one layer by its position, or the finished image. */
export interface LayerView {
  engineId: string
  id: string
  layer: number | 'all'
  changedOnly: boolean
}

/** The file tree of a layer, read folder by folder as it is opened. Another view begins at the root again. */
export function useFileTree(view: () => LayerView) {
  const api = useApi()
  const folders = shallowRef<Folders>(new Map())
  const open = shallowRef<ReadonlySet<string>>(new Set())
  const problem = shallowRef<Problem | null>(null)
  let reading = new AbortController()

  const lines = computed(() => linesOf(folders.value, open.value))

  async function read(folder: string): Promise<void> {
    const { signal } = reading
    folders.value = new Map(folders.value).set(folder, null)
    try {
      const answer = await api.layers.tree({ ...view(), folder }, { signal })
      if (signal.aborted) return
      folders.value = new Map(folders.value).set(folder, answer)
      problem.value = null
    } catch (error) {
      if (signal.aborted) return
      forget(folder)
      problem.value = toProblem(error)
    }
  }

  /** A folder that could not be read can be opened again. */
  function forget(folder: string): void {
    const known = new Map(folders.value)
    known.delete(folder)
    folders.value = known
    close(folder)
  }

  function openFolder(path: string): void {
    open.value = new Set(open.value).add(path)
    if (!folders.value.has(path)) void read(path)
  }

  function close(path: string): void {
    const left = new Set(open.value)
    left.delete(path)
    open.value = left
  }

  watch(
    () => JSON.stringify(view()),
    () => {
      reading.abort()
      reading = new AbortController()
      folders.value = new Map()
      open.value = new Set()
      problem.value = null
      void read('')
    },
    { immediate: true },
  )
  onScopeDispose(() => reading.abort())

  return { lines, folders, problem, openFolder, close }
}
