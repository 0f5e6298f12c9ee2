import type { FilesTarget } from '../../preload/contract/files'
import { useEngines } from '../engines/store'
import { useToasts } from '../ui/useToasts'

/** Hands things to other programs of the system; null in a browser, which cannot. */
export function useSystemOpen() {
  const bridge = window.longshore
  const engines = useEngines()
  const toasts = useToasts()
  if (!bridge) return null

  /** Says what speaks against it, where anything does. */
  async function told(asked: Promise<string | null>): Promise<void> {
    try {
      const text = await asked
      if (text !== null) toasts.show({ tone: 'warning', text })
    } catch (error) {
      toasts.problem(error)
    }
  }

  return {
    /** A shell of a container of the engine that is shown. */
    async terminal(containerId: string): Promise<void> {
      const engineId = engines.currentId
      if (engineId !== null) await told(bridge.openTerminal({ engineId, containerId }))
    },
    /** A copy of a text; the person is asked first. */
    editor: (target: FilesTarget, path: string) => told(bridge.openCopy({ target, path })),
    /** Where a path of this machine lies. */
    folder: (path: string) => told(bridge.showInFolder(path)),
  }
}
