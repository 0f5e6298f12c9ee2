import { Bug, Plug, SquareTerminal, UserCog } from '@lucide/vue'
import { computed } from 'vue'
import type { Container } from '../../preload/contract/containers'
import type { TerminalWays } from '../../preload/contract/terminals'
import type { MenuItem } from '../ui/menu'
import { useWords } from '../words'
import { useTerminalDialogs } from './dialogs'
import { useTerminalActions } from './useTerminalActions'

/** Every way of opening another terminal in a container, as its menu lists them. */
export function useNewTerminalMenu(container: () => Container, ways: () => TerminalWays | null) {
  const { t } = useWords()
  const actions = useTerminalActions()
  const dialogs = useTerminalDialogs()

  const menu = computed((): MenuItem[] => [
    ...(ways()?.shells ?? []).map((path) => ({
      id: path,
      label: t('terminals.actions.shell', { path }),
      icon: SquareTerminal,
      run: () => actions.open(container(), { kind: 'exec', command: [path] }),
    })),
    {
      id: 'custom',
      label: t('terminals.actions.custom'),
      icon: UserCog,
      run: () => dialogs.custom(container()),
    },
    {
      id: 'attach',
      label: t('terminals.actions.attach'),
      icon: Plug,
      separatorBefore: true,
      run: () => actions.attach(container()),
    },
    {
      id: 'debug',
      label: t('terminals.actions.debug'),
      icon: Bug,
      run: () => dialogs.debug(container()),
    },
  ])

  return { menu }
}
