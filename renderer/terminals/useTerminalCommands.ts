import { Bug, Plug, SquareTerminal } from '@lucide/vue'
import { computed } from 'vue'
import type { Container } from '../../preload/contract/containers'
import { useContainers } from '../containers/store'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { useTerminalDialogs } from './dialogs'
import { labelled } from './labels'
import { useTerminals } from './store'
import { useTerminalActions } from './useTerminalActions'

/** The palette's commands for opening a terminal in one container. */
export function useOpenTerminalCommands(container: () => Container | undefined) {
  const { t } = useWords()
  const actions = useTerminalActions()
  const dialogs = useTerminalDialogs()

  useCommands(
    computed((): Command[] => {
      const subject = container()
      if (subject?.state !== 'running') return []
      const { name } = subject
      return [
        {
          id: 'terminals-open',
          label: t('terminals.palette.open', { name }),
          icon: SquareTerminal,
          run: () => actions.openShell(subject),
        },
        {
          id: 'terminals-attach',
          label: t('terminals.palette.attach', { name }),
          icon: Plug,
          run: () => actions.attach(subject),
        },
        {
          id: 'terminals-debug',
          label: t('terminals.palette.debug', { name }),
          icon: Bug,
          run: () => dialogs.debug(subject),
        },
      ]
    }),
  )
}

/** Going to any terminal that is open, from everywhere. */
export function useTerminalCommands() {
  const { t } = useWords()
  const store = useTerminals()
  const containers = useContainers()
  const actions = useTerminalActions()

  useCommands(
    computed((): Command[] => {
      const ids = new Set(store.list.map(({ containerId }) => containerId))
      return [...ids].flatMap((containerId) => {
        const name = containers.items.get(containerId)?.name
        if (name === undefined) return []
        return labelled(store.ofContainer(containerId), t).map(({ terminal, label }) => ({
          id: `terminals-go-${terminal.id}`,
          label: t('terminals.palette.goTo', { terminal: label, name }),
          icon: SquareTerminal,
          detail: terminal.title,
          run: () => actions.goTo(containerId, terminal.id),
        }))
      })
    }),
  )
}
