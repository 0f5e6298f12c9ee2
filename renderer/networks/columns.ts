import type { Network } from '../../preload/contract/networks'
import type { Column } from '../ui/table/columns'
import type { useWords } from '../words'

export function networkColumns(t: ReturnType<typeof useWords>['t']): Column<Network>[] {
  return [
    {
      id: 'name',
      header: t('networks.columns.name'),
      width: 'grow',
      share: 2,
      sortValue: ({ name }) => name.toLowerCase(),
    },
    {
      id: 'driver',
      header: t('networks.columns.driver'),
      width: 84,
      hideBelow: 520,
      sortValue: ({ driver }) => driver,
    },
    {
      id: 'subnet',
      header: t('networks.columns.subnet'),
      width: 150,
      hideBelow: 400,
      sortValue: ({ subnets }) => subnets[0]?.subnet ?? null,
    },
    {
      id: 'members',
      header: t('networks.columns.members'),
      width: 130,
      hideBelow: 290,
      sortValue: ({ members }) => members.length,
    },
    {
      id: 'project',
      header: t('networks.columns.project'),
      width: 120,
      hideBelow: 760,
      sortValue: ({ composeProject }) => composeProject,
    },
    {
      id: 'age',
      header: t('networks.columns.age'),
      width: 84,
      align: 'end',
      hideBelow: 640,
      // Sorted up, the newest comes first: the smallest age.
      sortValue: ({ createdAt }) => (createdAt > 0 ? -createdAt : null),
    },
    {
      id: 'actions',
      header: t('networks.columns.actions'),
      width: 44,
      hideBelow: 340,
      align: 'end',
      hideHeader: true,
    },
  ]
}
