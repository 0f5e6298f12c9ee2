import type { Column } from '../../ui/table/columns'
import type { useWords } from '../../words'
import type { TagFacts } from './useTagFacts'

export interface TagRow {
  tag: string
  facts: TagFacts | null
}

export function tagColumns(t: ReturnType<typeof useWords>['t']): Column<TagRow>[] {
  return [
    {
      id: 'tag',
      header: t('registries.tags.columns.tag'),
      width: 'grow',
      sortValue: ({ tag }) => tag,
    },
    {
      id: 'digest',
      header: t('registries.tags.columns.digest'),
      width: 120,
      hideBelow: 620,
      sortValue: ({ facts }) => facts?.digest ?? null,
    },
    {
      id: 'platforms',
      header: t('registries.tags.columns.platforms'),
      width: 92,
      align: 'end',
      hideBelow: 520,
      sortValue: ({ facts }) => facts?.platforms ?? null,
    },
    {
      id: 'size',
      header: t('registries.tags.columns.size'),
      width: 96,
      align: 'end',
      hideBelow: 320,
      sortValue: ({ facts }) => facts?.bytes ?? null,
    },
    {
      id: 'created',
      header: t('registries.tags.columns.created'),
      width: 84,
      align: 'end',
      hideBelow: 400,
      sortValue: ({ facts }) => (facts?.createdAt == null ? null : -facts.createdAt),
    },
    {
      id: 'actions',
      header: t('registries.columns.actions'),
      width: 44,
      align: 'end',
      hideHeader: true,
    },
  ]
}
