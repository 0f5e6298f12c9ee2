import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/** Takes a container off a network, after saying what that means where it runs. */
export function useDisconnect() {
  const api = useApi()
  const engines = useEngines()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useWords()

  return async function disconnect(
    network: { id: string; name: string },
    container: { id: string; name: string },
  ): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    const names = { network: network.name, container: container.name }
    const { confirmed } = await confirm({
      title: t('networks.disconnect.title', names),
      body: t('networks.disconnect.body'),
      confirmLabel: t('networks.disconnect.start'),
      danger: true,
    })
    if (!confirmed) return
    try {
      await api.networks.disconnect({ engineId, id: network.id, containerId: container.id })
      toasts.show({ tone: 'good', text: t('networks.disconnect.done', names) })
    } catch (error) {
      toasts.problem(error)
    }
  }
}
