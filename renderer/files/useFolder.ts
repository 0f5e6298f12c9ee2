import { computed, ref, shallowRef, watch } from 'vue'
import type { FilesFacts, FilesTarget, ListMessage } from '../../preload/contract/files'
import { useApi } from '../api'
import { useLiveStream } from '../live'
import { useLoaded } from '../loaded'
import { useReading } from '../reading'
import { useSettings } from '../settings/store'
import { changeMap, changeRows, filterRows, rowsOf, type ChangeMap } from './rows'

/** The remembered filter of the table. */
const WITHOUT_HIDDEN = 'without-hidden'

const noChanges: ChangeMap = new Map()

/** The folder that is looked at: where it is, what is in it, and what can be done there. */
export function useFolder(target: FilesTarget) {
  const api = useApi()
  const path = ref('/')
  const search = ref('')
  const view = useSettings().tableView('files')
  /** Names that begin with a dot; remembered. */
  const hidden = computed({
    get: () => view.value.filter !== WITHOUT_HIDDEN,
    set: (shown) => {
      view.value = { ...view.value, filter: shown ? null : WITHOUT_HIDDEN }
    },
  })
  const onlyChanges = ref(false)
  const facts = shallowRef<FilesFacts | null>(null)
  /** Counts what was changed here, so that the changes are asked for anew. */
  const generation = ref(0)

  // Also what keeps a volume's helper.
  const { problem: factsProblem } = useLiveStream<FilesFacts>({
    subscribe: (signal) => api.files.watch({ target }, { signal }),
    receive: (now) => {
      facts.value = now
    },
  })
  const { value: changes } = useLoaded(
    () => ('containerId' in target ? { target, of: generation.value } : null),
    (_, signal) => api.files.changes({ target }, { signal }),
  )
  const reading = useReading<
    { path: string; fresh?: boolean; patient?: boolean },
    Extract<ListMessage, { kind: 'read' }>
  >((input, options) => api.files.list({ target, ...input }, options))

  /** Stays while the next folder is read. */
  const folder = computed(() => reading.read.value?.folder ?? null)
  const marks = computed(() => (changes.value ? changeMap(changes.value) : noChanges))
  const all = computed(() => {
    if (onlyChanges.value) return changeRows(path.value, marks.value)
    if (!folder.value) return []
    return rowsOf(folder.value.path, folder.value.entries, marks.value, facts.value?.mounts ?? [])
  })
  const rows = computed(() => filterRows(all.value, search.value, hidden.value))

  function open(next: string): void {
    path.value = next
    search.value = ''
    void reading.start({ path: next })
  }

  /** Reads the folder anew; `changed`: something was changed from here. */
  function reload(options: { patient?: boolean } = {}): void {
    generation.value++
    void reading.start({ path: path.value, fresh: true, ...options })
  }

  // Begins it too; a container that starts or ends is another place.
  watch(
    () => facts.value?.running,
    (running, before) => {
      if (running === undefined) return
      if (before === undefined) open(path.value)
      else reload()
    },
  )

  return {
    path,
    search,
    hidden,
    onlyChanges,
    facts,
    factsProblem,
    changes,
    folder,
    rows,
    total: computed(() => all.value.length),
    reading: reading.reading,
    problem: reading.problem,
    cancel: reading.cancel,
    open,
    reload,
  }
}

export type OpenFolder = ReturnType<typeof useFolder>
