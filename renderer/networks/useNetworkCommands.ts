import { BrushCleaning, Plus, Share2 } from '@lucide/vue'
import { computed } from 'vue'
import type { Network } from '../../preload/contract/networks'
import { useCommands, type Command } from '../shell/commands'
import { menuCommands } from '../shell/menuCommands'
import { useWords } from '../words'
import { useNetworkDialogs } from './dialogs/store'
import { useNetworkActions } from './useNetworkActions'

interface NetworkCommands {
  /** Those that are chosen or open. */
  meant: () => readonly Network[]
  /** Changes between table and picture. */
  togglePicture: () => void
}

/** Offers in the palette what the networks page can do: with those that are meant, and with all. */
export function useNetworkCommands({ meant, togglePicture }: NetworkCommands): void {
  const { t } = useWords()
  const dialogs = useNetworkDialogs()
  const { menuOf, menuOfSeveral } = useNetworkActions()

  useCommands(
    computed<Command[]>(() => {
      const [first, ...others] = meant()
      const items =
        first === undefined ? [] : others.length > 0 ? menuOfSeveral(meant()) : menuOf(first)
      const detail = first !== undefined && others.length === 0 ? first.name : undefined
      return [
        {
          id: 'networks-create',
          label: t('networks.actions.create'),
          icon: Plus,
          run: () => dialogs.create(),
        },
        {
          id: 'networks-picture',
          label: t('networks.actions.togglePicture'),
          icon: Share2,
          run: togglePicture,
        },
        {
          id: 'networks-prune',
          label: t('networks.prune.title'),
          icon: BrushCleaning,
          run: () => dialogs.prune(),
        },
        ...menuCommands('networks', items, detail),
      ]
    }),
  )
}
