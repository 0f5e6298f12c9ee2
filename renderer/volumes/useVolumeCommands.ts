import { Plus } from '@lucide/vue'
import { computed } from 'vue'
import type { Volume } from '../../preload/contract/volumes'
import { useCommands, type Command } from '../shell/commands'
import { menuCommands } from '../shell/menuCommands'
import { useWords } from '../words'
import { useVolumeDialogs } from './dialogs/store'
import { volumeName } from './names'
import { useVolumeActions } from './useVolumeActions'
import { useVolumesMenu } from './useVolumesMenu'

/** Offers in the palette what the volumes page can do: with those that are chosen or open, and with all. */
export function useVolumeCommands(meant: () => readonly Volume[]): void {
  const { t } = useWords()
  const dialogs = useVolumeDialogs()
  const { menuOf, menuOfSeveral } = useVolumeActions()
  const menu = useVolumesMenu()

  useCommands(
    computed<Command[]>(() => {
      const create: Command = {
        id: 'volumes-create',
        label: t('volumes.actions.create'),
        icon: Plus,
        run: () => dialogs.create(),
      }
      const [first, ...others] = meant()
      const items =
        first === undefined ? [] : others.length > 0 ? menuOfSeveral(meant()) : menuOf(first)
      const detail = first !== undefined && others.length === 0 ? volumeName(first) : undefined
      return [create, ...menuCommands('volumes', menu()), ...menuCommands('volumes', items, detail)]
    }),
  )
}
