import type { Image } from '../../preload/contract/images'
import type { Column } from '../ui/table/columns'
import type { useWords } from '../words'

export function imageColumns(t: ReturnType<typeof useWords>['t']): Column<Image>[] {
  return [
    {
      id: 'references',
      header: t('images.columns.references'),
      width: 'grow',
      // Images without a name stand last, whichever way the others are sorted.
      sortValue: (image) => image.references[0] ?? null,
    },
    { id: 'id', header: t('images.columns.id'), width: 120, hideBelow: 760 },
    {
      id: 'size',
      header: t('images.columns.size'),
      width: 96,
      align: 'end',
      hideBelow: 290,
      sortValue: (image) => image.sizeBytes,
    },
    {
      id: 'age',
      header: t('images.columns.age'),
      width: 84,
      align: 'end',
      hideBelow: 440,
      // Sorted up, the newest comes first: the smallest age.
      sortValue: (image) => -image.createdAt,
    },
    {
      id: 'usedBy',
      header: t('images.columns.usedBy'),
      width: 130,
      hideBelow: 560,
      sortValue: (image) => image.usedBy.length,
    },
    {
      id: 'actions',
      header: t('images.columns.actions'),
      width: 68,
      hideBelow: 360,
      align: 'end',
      hideHeader: true,
    },
  ]
}
