import { useEventListener } from '@vueuse/core'
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { useArchiveDialogs } from '../archives/dialogs'
import { useEngines } from '../engines/store'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

const archiveName = /\.(tar|tgz|tar\.(gz|xz|bz2|zst))$/i
/** While a file is dragged, only its type is told; that of an archive often is none. */
const archiveType = /tar|zip|compress|zstd|xz|octet-stream|^$/

/**
 * An archive that is dropped anywhere on the window, where nothing else takes files, is opened to be loaded.
 * Any other file is refused: a browser would leave the app to show it.
 *
 * @returns whether one is held over the window
 */
export function useArchiveDrop() {
  const { t } = useWords()
  const router = useRouter()
  const engines = useEngines()
  const archives = useArchiveDialogs()
  const toasts = useToasts()
  const over = ref(false)

  const isTaken = (event: DragEvent) => event.defaultPrevented
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false
  function mayBeArchive({ dataTransfer }: DragEvent): boolean {
    const [item, ...others] = dataTransfer?.items ?? []
    return others.length === 0 && item !== undefined && archiveType.test(item.type)
  }

  useEventListener(window, 'dragover', (event) => {
    over.value = hasFiles(event) && !isTaken(event) && mayBeArchive(event) && !isDialogOpen()
    if (!hasFiles(event) || isTaken(event) || !event.dataTransfer) return
    event.preventDefault()
    event.dataTransfer.dropEffect = over.value ? 'copy' : 'none'
  })
  useEventListener(window, 'dragleave', ({ relatedTarget }) => {
    // Into a child is no leaving.
    if (relatedTarget === null) over.value = false
  })
  // No pointer moves while something is dragged: one that was given up elsewhere is over by then.
  useEventListener(window, 'pointermove', () => (over.value = false))
  useEventListener(window, 'drop', (event) => {
    over.value = false
    if (!hasFiles(event) || isTaken(event)) return
    event.preventDefault()
    const [file, ...others] = event.dataTransfer?.files ?? []
    if (file && others.length === 0 && !isDialogOpen()) void open(file)
  })

  async function open(file: File): Promise<void> {
    if (!archiveName.test(file.name)) {
      toasts.show({ tone: 'info', text: t('desktop.drop.noArchive', { name: file.name }) })
      return
    }
    if (engines.current === null) {
      toasts.show({ tone: 'info', text: t('desktop.notNow') })
      return
    }
    const path = window.longshore?.pathOf(file) ?? ''
    await router.push('/images')
    archives.openFile(path === '' ? { name: file.name } : { path })
  }

  return over
}

/** What is open has to be answered first. */
const isDialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
