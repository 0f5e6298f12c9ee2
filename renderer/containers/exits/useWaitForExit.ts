import type { Container } from '../../../preload/contract/containers'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'

/** Having the end of a container told, with its exit code explained, wherever the person is by then. */
export function useWaitForExit() {
  const api = useApi()
  const engines = useEngines()
  const toasts = useToasts()
  const { t } = useWords()

  return async function waitForExit({ id, name }: Container): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    try {
      const { jobId } = await api.containers.wait({ engineId, containerId: id })
      toasts.show({
        tone: 'info',
        text: t('containers.exits.waiting', { name }),
        action: {
          label: t('containers.exits.stopWaiting'),
          run: () => api.jobs.cancel({ jobId }).catch((error: unknown) => toasts.problem(error)),
        },
      })
    } catch (error) {
      toasts.problem(error)
    }
  }
}

/** It has an end to come. */
export function canEnd({ state }: Pick<Container, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'stopping'
}
