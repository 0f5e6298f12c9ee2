import { ref } from 'vue'
import { useToasts } from '../ui/useToasts'
import type { PickedFile } from './dialogs'
import { droppedOf } from './picked'

/** Files that are dragged over a place and dropped there; `over` while they are above it. */
export function useDrop(onDropped: (files: PickedFile[]) => void) {
  const toasts = useToasts()
  const over = ref(false)
  /** Entering a child leaves its parent. */
  let depth = 0

  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false
  const end = () => {
    depth = 0
    over.value = false
  }

  const listeners = {
    dragenter(event: DragEvent) {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth++
      over.value = true
    },
    dragover(event: DragEvent) {
      if (hasFiles(event)) event.preventDefault()
    },
    dragleave(event: DragEvent) {
      if (hasFiles(event) && --depth <= 0) end()
    },
    drop(event: DragEvent) {
      if (!hasFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      end()
      droppedOf(event.dataTransfer.items).then(
        (files) => {
          if (files.length > 0) onDropped(files)
        },
        (error: unknown) => toasts.problem(error),
      )
    },
  }
  return { over, listeners }
}
