import type { Engine } from '../../preload/contract/engines'
import { useApi } from '../api'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/** Forgets an engine, after saying what is forgotten and what stays. */
export function useRemoveEngine() {
  const api = useApi()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useWords()

  return async function remove({ id, name, endpoint, settings }: Engine): Promise<void> {
    const { confirmed } = await confirm({
      title: t('engines.remove.title', { name }),
      body: [
        t(settings ? 'engines.remove.added' : 'engines.remove.found'),
        t('engines.remove.stays'),
      ].join('\n'),
      items: [settings?.address ?? endpoint],
      confirmLabel: t('engines.remove.confirm'),
      danger: true,
    })
    if (!confirmed) return
    try {
      await api.engines.remove({ engineId: id })
      toasts.show({ tone: 'good', text: t('engines.remove.done', { name }) })
    } catch (error) {
      toasts.problem(error)
    }
  }
}
