import type { Column } from '../ui/table/columns'
import type { Key } from '../words'
import type { FileRow } from './rows'

/** Folders stand before files, in both directions of no other sorting. */
const rank = ({ entry }: FileRow) => (entry?.kind === 'folder' ? '0' : '1')

export function fileColumns(t: (key: Key) => string): Column<FileRow>[] {
  return [
    {
      id: 'name',
      header: t('files.columns.name'),
      width: 'grow',
      sortValue: (row) => rank(row) + row.name,
    },
    {
      id: 'change',
      header: t('files.columns.change'),
      width: 88,
      sortValue: ({ change }) => change,
      hideBelow: 420,
    },
    {
      id: 'size',
      header: t('files.columns.size'),
      width: 82,
      align: 'end',
      sortValue: ({ entry }) => entry?.sizeBytes ?? null,
    },
    { id: 'mode', header: t('files.columns.mode'), width: 98, hideBelow: 620 },
    {
      id: 'owner',
      header: t('files.columns.owner'),
      width: 104,
      sortValue: ({ entry }) => entry?.uid ?? null,
      hideBelow: 740,
    },
    {
      id: 'modified',
      header: t('files.columns.modified'),
      width: 68,
      align: 'end',
      sortValue: ({ entry }) => (entry?.modifiedAt == null ? null : -entry.modifiedAt),
      hideBelow: 340,
    },
    {
      id: 'actions',
      header: t('files.columns.actions'),
      width: 36,
      align: 'end',
      hideHeader: true,
    },
  ]
}
