import { signals, type Signal, type TopProcess } from '../../preload/contract/processes'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import type { MenuItem } from '../ui/menu'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/** Those that end or stop the whole container when its first process gets them. */
const grave: ReadonlySet<Signal> = new Set(['KILL', 'STOP'])

/** Sends signals to processes of a container. */
export function useSignals(containerId: () => string) {
  const api = useApi()
  const engines = useEngines()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useWords()

  async function send(process: TopProcess, signal: Signal, isFirst: boolean): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    if (isFirst && grave.has(signal)) {
      const { confirmed } = await confirm({
        title: t('processes.confirm.title', { signal }),
        body: t(signal === 'KILL' ? 'processes.confirm.kill' : 'processes.confirm.stop'),
        items: [process.command],
        confirmLabel: t('processes.send', { signal }),
        danger: true,
      })
      if (!confirmed) return
    }
    try {
      const { pid, containerPid, startedAt } = process
      await api.processes.signal({
        ...{ engineId, id: containerId(), pid, containerPid, startedAt, signal },
      })
      toasts.show({ tone: 'good', text: t('processes.sent', { signal, pid: containerPid ?? pid }) })
    } catch (error) {
      toasts.problem(error)
    }
  }

  /** @param isFirst it is the container's first process */
  return (process: TopProcess, isFirst: boolean): MenuItem[] =>
    signals.map((signal) => ({
      id: signal,
      label: t(`processes.signals.${signal}`),
      danger: signal === 'KILL',
      run: () => send(process, signal, isFirst),
    }))
}
