import { openExternal } from '../openExternal'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/**
 * Opens an address that a program wrote: only http and https, and only when the person has read where it
 * leads, written so that no letter passes for another.
 */
export function useLinkConfirm() {
  const { t } = useWords()
  const confirm = useConfirm()
  const toasts = useToasts()

  return async function openLink(address: string): Promise<void> {
    const url = URL.parse(address)
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
      toasts.show({ tone: 'warning', text: t('terminals.link.refused') })
      return
    }
    const { confirmed } = await confirm({
      title: t('terminals.link.title'),
      body: t('terminals.link.body'),
      items: [url.href],
      confirmLabel: t('terminals.link.open'),
    })
    if (confirmed) await openExternal(url.href)
  }
}
