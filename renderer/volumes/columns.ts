import type { Volume } from '../../preload/contract/volumes'
import type { Column } from '../ui/table/columns'
import type { useWords } from '../words'
import { takenBytes } from './names'

export function volumeColumns(t: ReturnType<typeof useWords>['t']): Column<Volume>[] {
  return [
    {
      id: 'name',
      header: t('volumes.columns.name'),
      width: 'grow',
      share: 2,
      sortValue: ({ id }) => id.toLowerCase(),
    },
    {
      id: 'driver',
      header: t('volumes.columns.driver'),
      width: 80,
      hideBelow: 700,
      sortValue: ({ driver }) => driver,
    },
    {
      id: 'size',
      header: t('volumes.columns.size'),
      width: 96,
      align: 'end',
      hideBelow: 290,
      sortValue: (volume) => takenBytes(volume),
    },
    {
      id: 'usedBy',
      header: t('volumes.columns.usedBy'),
      width: 140,
      hideBelow: 420,
      sortValue: ({ usedBy }) => usedBy.length,
    },
    {
      id: 'project',
      header: t('volumes.columns.project'),
      width: 120,
      hideBelow: 820,
      sortValue: ({ composeProject }) => composeProject,
    },
    {
      id: 'age',
      header: t('volumes.columns.age'),
      width: 84,
      align: 'end',
      hideBelow: 540,
      // Sorted up, the newest comes first: the smallest age.
      sortValue: ({ createdAt }) => -createdAt,
    },
    {
      id: 'actions',
      header: t('volumes.columns.actions'),
      width: 44,
      hideBelow: 340,
      align: 'end',
      hideHeader: true,
    },
  ]
}
