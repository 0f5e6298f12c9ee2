import { Copy, Plug2, Share2, Trash2 } from '@lucide/vue'
import { useClipboard } from '@vueuse/core'
import { useRouter } from 'vue-router'
import type { Network } from '../../preload/contract/networks'
import type { MenuItem } from '../ui/menu'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useNetworkDialogs } from './dialogs/store'
import { takesConnections } from './reach'
import { useRemoveNetworks } from './useRemoveNetworks'

/** What a person can do with a network, as menus list it. */
export function useNetworkActions() {
  const dialogs = useNetworkDialogs()
  const remove = useRemoveNetworks()
  const router = useRouter()
  const toasts = useToasts()
  const { copy } = useClipboard({ legacy: true })
  const { t } = useWords()

  async function copyName({ name }: Network): Promise<void> {
    await copy(name)
    toasts.show({ tone: 'good', text: t('networks.nameCopied') })
  }

  function menuOf(network: Network): MenuItem[] {
    return [
      {
        id: 'connect',
        label: t('networks.actions.connect'),
        icon: Plug2,
        disabled: !takesConnections(network),
        run: () => dialogs.connectTo(network),
      },
      {
        id: 'picture-of',
        label: t('networks.actions.picture'),
        icon: Share2,
        run: () => router.push({ path: `/networks/${network.id}`, query: { tab: 'picture' } }),
      },
      {
        id: 'copy',
        label: t('networks.actions.copyName'),
        icon: Copy,
        run: () => copyName(network),
      },
      {
        id: 'remove',
        label: t('networks.actions.remove'),
        icon: Trash2,
        danger: true,
        separatorBefore: true,
        disabled: network.builtIn,
        run: () => remove([network]),
      },
    ]
  }

  /** The menu of several chosen networks. */
  function menuOfSeveral(networks: readonly Network[]): MenuItem[] {
    return [
      {
        id: 'remove',
        label: t('networks.actions.removeSeveral', { count: networks.length }),
        icon: Trash2,
        danger: true,
        run: () => remove(networks),
      },
    ]
  }

  return { menuOf, menuOfSeveral }
}
