import { Container as ContainerIcon } from '@lucide/vue'
import { computed } from 'vue'
import { actions, changedBy } from '../containers/actions'
import { actionIcons } from '../containers/useContainerMenu'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import type { Row } from './feed'
import type { AllContainers } from './useAllContainers'
import type { useRowActions } from './useRowActions'

/** The palette's commands: what can be done with the chosen containers, and opening any of any engine. */
export function useAllCommands(
  { all, labelOf, selectedRows }: AllContainers,
  { run, open }: ReturnType<typeof useRowActions>,
) {
  const { t } = useWords()

  const acting = computed((): Command[] => {
    const rows = selectedRows.value
    const containers = rows.map(({ container }) => container)
    const name = containers[0]?.name ?? ''
    return actions
      .filter((action) => changedBy(action, containers).length > 0)
      .map((action) => ({
        id: `all-${action}`,
        label: t(
          'containers.palette.act',
          { action: t(`containers.actions.${action}`), name },
          rows.length,
        ),
        icon: actionIcons[action],
        run: () => run(action, rows),
      }))
  })
  const opening = computed(() =>
    all.value.map((row: Row): Command => ({
      id: `all-open-${row.id}`,
      label: t('containers.palette.open', { name: row.container.name }),
      icon: ContainerIcon,
      detail: labelOf(row.engineId),
      run: () => open(row),
    })),
  )

  useCommands(computed(() => [...acting.value, ...opening.value]))
}
