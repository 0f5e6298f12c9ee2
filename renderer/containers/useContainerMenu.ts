import {
  CircleFadingArrowUp,
  Copy,
  CopyPlus,
  ExternalLink,
  FolderOutput,
  Gauge,
  Hourglass,
  PackagePlus,
  PanelRight,
  Pause,
  Pencil,
  Play,
  RotateCw,
  ScrollText,
  Square,
  SquarePen,
  SquareTerminal,
  Terminal,
  Trash2,
  Zap,
} from '@lucide/vue'
import { useClipboard } from '@vueuse/core'
import { useRouter } from 'vue-router'
import type { Container } from '../../preload/contract/containers'
import { portAddress } from '../../preload/contract/portAddress'
import { useArchiveDialogs } from '../archives/dialogs'
import { useSystemOpen } from '../desktop/useSystemOpen'
import { logsPath } from '../logs/sources'
import { openExternal } from '../openExternal'
import { useTerminalActions } from '../terminals/useTerminalActions'
import type { MenuItem } from '../ui/menu'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useCommitDialog } from './commit/useCommitDialog'
import { useDuplicate } from './edit/useDuplicate'
import { canEnd, useWaitForExit } from './exits/useWaitForExit'
import { useLimitsDialog } from './limits/useLimitsDialog'
import { useRecreationDialog } from './recreation/useRecreationDialog'
import { actions, changedBy, isPossible, type Action } from './actions'
import { useContainerActions } from './useContainerActions'
import { useRemoveContainers } from './useRemoveContainers'
import { useRenameDialog } from './useRename'

export const actionIcons = {
  start: Play,
  stop: Square,
  restart: RotateCw,
  pause: Pause,
  unpause: Play,
  kill: Zap,
} satisfies Record<Action, object>

/** What can be done with one container or with several chosen ones, as menus list it. */
export function useContainerMenu() {
  const { t } = useWords()
  const router = useRouter()
  const toasts = useToasts()
  const renaming = useRenameDialog()
  const limiting = useLimitsDialog()
  const archives = useArchiveDialogs()
  const recreating = useRecreationDialog()
  const duplicate = useDuplicate()
  const committing = useCommitDialog()
  const waitForExit = useWaitForExit()
  const remove = useRemoveContainers()
  const terminals = useTerminalActions()
  const systemOpen = useSystemOpen()
  const { run } = useContainerActions()
  const { copy } = useClipboard({ legacy: true })

  async function copyId({ id }: Container) {
    await copy(id)
    toasts.show({ tone: 'good', text: t('containers.idCopied') })
  }

  const act = (containers: readonly Container[]): MenuItem[] =>
    actions.map((action) => ({
      id: action,
      label: t(`containers.actions.${action}`),
      icon: actionIcons[action],
      disabled: changedBy(action, containers).length === 0,
      separatorBefore: action === 'start',
      run: () => run(action, containers),
    }))

  const removal = (containers: readonly Container[]): MenuItem => ({
    id: 'remove',
    label: t('containers.actions.remove'),
    icon: Trash2,
    danger: true,
    disabled: changedBy('remove', containers).length === 0,
    separatorBefore: true,
    run: () => remove(containers),
  })

  const openPorts = (container: Container): MenuItem[] => {
    const addresses = new Set(container.ports.map(portAddress).filter((url) => url !== null))
    return [...addresses].map((url) => ({
      id: url,
      label: t('containers.actions.openPort', { port: new URL(url).port }),
      icon: ExternalLink,
      disabled: container.state !== 'running',
      run: () => openExternal(url),
    }))
  }

  function menuOf(container: Container): MenuItem[] {
    return [
      {
        id: 'details',
        label: t('containers.actions.details'),
        icon: PanelRight,
        run: () => router.push(`/containers/${container.id}`),
      },
      {
        id: 'logs',
        label: t('containers.actions.logs'),
        icon: ScrollText,
        run: () => router.push(`/containers/${container.id}?tab=logs`),
      },
      {
        id: 'terminal',
        label: t('terminals.actions.open'),
        icon: SquareTerminal,
        disabled: container.state !== 'running',
        run: () => terminals.openShell(container),
      },
      ...(systemOpen
        ? [
            {
              id: 'system-terminal',
              label: t('desktop.open.terminal'),
              icon: Terminal,
              disabled: container.state !== 'running',
              run: () => systemOpen.terminal(container.id),
            },
          ]
        : []),
      ...openPorts(container),
      {
        id: 'copy',
        label: t('containers.actions.copyId'),
        icon: Copy,
        run: () => copyId(container),
      },
      ...act([container]),
      {
        id: 'rename',
        label: t('containers.actions.rename'),
        icon: Pencil,
        disabled: !isPossible('rename', container.state),
        run: () => renaming.open(container),
      },
      {
        id: 'limits',
        label: t('containers.actions.limits'),
        icon: Gauge,
        disabled: !isPossible('limits', container.state),
        run: () => limiting.open(container),
      },
      {
        id: 'edit',
        label: t('containers.edit.action'),
        icon: SquarePen,
        disabled: !isPossible('recreate', container.state),
        run: () => router.push(`/containers/${container.id}/edit`),
      },
      {
        id: 'duplicate',
        label: t('containers.edit.duplicate'),
        icon: CopyPlus,
        run: () => duplicate(container),
      },
      {
        id: 'wait',
        label: t('containers.exits.action'),
        icon: Hourglass,
        disabled: !canEnd(container),
        run: () => waitForExit(container),
      },
      {
        id: 'recreate',
        label: t('containers.recreation.action'),
        icon: CircleFadingArrowUp,
        disabled: container.newerImageId === null || !isPossible('recreate', container.state),
        run: () => recreating.open(container),
      },
      {
        id: 'commit',
        label: t('containers.commit.action'),
        icon: PackagePlus,
        run: () => committing.show(container),
      },
      {
        id: 'export',
        label: t('archives.export.action'),
        icon: FolderOutput,
        run: () => archives.exportOf(container),
      },
      removal([container]),
    ]
  }

  function menuOfSeveral(containers: readonly Container[]): MenuItem[] {
    const logs = {
      id: 'logs',
      label: t('logs.page.together'),
      icon: ScrollText,
      run: () => router.push(logsPath(containers)),
    }
    return [logs, ...act(containers), removal(containers)]
  }

  return { menuOf, menuOfSeveral }
}
