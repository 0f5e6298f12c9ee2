import { PanelRight, ScrollText } from '@lucide/vue'
import { actions, changedBy } from '../containers/actions'
import { actionIcons } from '../containers/useContainerMenu'
import type { MenuItem } from '../ui/menu'
import { useWords } from '../words'
import type { Row } from './feed'
import type { useRowActions } from './useRowActions'

/** The menus of the table: what is more than starting and stopping is done on the engine's own pages. */
export function useAllMenu({ run, open }: ReturnType<typeof useRowActions>) {
  const { t } = useWords()

  const act = (rows: readonly Row[]): MenuItem[] => {
    const containers = rows.map(({ container }) => container)
    return actions.map((action) => ({
      id: action,
      label: t(`containers.actions.${action}`),
      icon: actionIcons[action],
      disabled: changedBy(action, containers).length === 0,
      separatorBefore: action === 'start' && rows.length === 1,
      run: () => run(action, rows),
    }))
  }

  const menuOf = (row: Row): MenuItem[] => [
    {
      id: 'open',
      label: t('containers.actions.details'),
      icon: PanelRight,
      run: () => open(row),
    },
    {
      id: 'logs',
      label: t('containers.actions.logs'),
      icon: ScrollText,
      run: () => open(row, 'logs'),
    },
    ...act([row]),
  ]

  return { menuOf, menuOfSeveral: act }
}
