import {
  ChartSpline,
  CircleFadingArrowUp,
  CopyPlus,
  FolderOutput,
  Gauge,
  Hourglass,
  PackagePlus,
  Pencil,
  SquarePen,
  Trash2,
} from '@lucide/vue'
import { computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { Container } from '../../preload/contract/containers'
import { useArchiveDialogs } from '../archives/dialogs'
import { comparePath, mostCompared } from '../compare/selection'
import { useOpenLogsCommands } from '../logs/useOpenLogsCommands'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { actions, changedBy, isPossible } from './actions'
import { useCommitDialog } from './commit/useCommitDialog'
import { useDuplicate } from './edit/useDuplicate'
import { canEnd, useWaitForExit } from './exits/useWaitForExit'
import { useLimitsDialog } from './limits/useLimitsDialog'
import { useRecreationDialog } from './recreation/useRecreationDialog'
import { useContainerActions } from './useContainerActions'
import { actionIcons } from './useContainerMenu'
import { useRemoveContainers } from './useRemoveContainers'
import { useRenameDialog } from './useRename'

/**
 * The list's commands for the palette: everything that can be done with the chosen containers, or with
 * the one whose details are open.
 */
export function useContainerCommands(subjects: Readonly<Ref<readonly Container[]>>) {
  const { t } = useWords()
  const router = useRouter()
  const renaming = useRenameDialog()
  const limiting = useLimitsDialog()
  const archives = useArchiveDialogs()
  const recreating = useRecreationDialog()
  const duplicate = useDuplicate()
  const committing = useCommitDialog()
  const waitForExit = useWaitForExit()
  const remove = useRemoveContainers()
  const { run } = useContainerActions()

  const label = (action: string) =>
    t(
      'containers.palette.act',
      { action: action.replace('…', ''), name: subjects.value[0]?.name ?? '' },
      subjects.value.length,
    )

  const acting = computed((): Command[] => {
    const containers = subjects.value
    const [only] = containers
    if (!only) return []
    return [
      ...actions
        .filter((action) => changedBy(action, containers).length > 0)
        .map((action) => ({
          id: `containers-${action}`,
          label: label(t(`containers.actions.${action}`)),
          icon: actionIcons[action],
          run: () => run(action, containers),
        })),
      ...(containers.length === 1 && isPossible('rename', only.state)
        ? [
            {
              id: 'containers-rename',
              label: label(t('containers.actions.rename')),
              icon: Pencil,
              run: () => renaming.open(only),
            },
          ]
        : []),
      ...(containers.length === 1 && isPossible('limits', only.state)
        ? [
            {
              id: 'containers-limits',
              label: label(t('containers.actions.limits')),
              icon: Gauge,
              run: () => limiting.open(only),
            },
          ]
        : []),
      ...(containers.length === 1 && isPossible('recreate', only.state)
        ? [
            {
              id: 'containers-edit',
              label: label(t('containers.edit.action')),
              icon: SquarePen,
              run: () => router.push(`/containers/${only.id}/edit`),
            },
          ]
        : []),
      ...(containers.length === 1
        ? [
            {
              id: 'containers-duplicate',
              label: label(t('containers.edit.duplicate')),
              icon: CopyPlus,
              run: () => duplicate(only),
            },
          ]
        : []),
      ...(containers.length === 1 && canEnd(only)
        ? [
            {
              id: 'containers-wait',
              label: label(t('containers.exits.action')),
              icon: Hourglass,
              run: () => waitForExit(only),
            },
          ]
        : []),
      ...(containers.length === 1 && only.newerImageId && isPossible('recreate', only.state)
        ? [
            {
              id: 'containers-recreate',
              label: label(t('containers.recreation.action')),
              icon: CircleFadingArrowUp,
              run: () => recreating.open(only),
            },
          ]
        : []),
      ...(containers.length === 1
        ? [
            {
              id: 'containers-commit',
              label: label(t('containers.commit.action')),
              icon: PackagePlus,
              run: () => committing.show(only),
            },
            {
              id: 'containers-export',
              label: label(t('archives.export.action')),
              icon: FolderOutput,
              run: () => archives.exportOf(only),
            },
          ]
        : []),
      {
        id: 'containers-remove',
        label: label(t('containers.actions.remove')),
        icon: Trash2,
        run: () => remove(containers),
      },
    ]
  })

  const comparing = computed((): Command[] => {
    const containers = subjects.value
    if (containers.length > mostCompared) return []
    const name = containers[0]?.name
    return [
      {
        id: 'containers-compare',
        label:
          name === undefined
            ? t('containers.palette.compareNone')
            : t('containers.palette.compare', { name }, containers.length),
        icon: ChartSpline,
        run: () => router.push(comparePath(containers)),
      },
    ]
  })

  useOpenLogsCommands(subjects)
  useCommands(computed(() => [...acting.value, ...comparing.value]))
}
