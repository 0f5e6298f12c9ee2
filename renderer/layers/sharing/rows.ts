import type { Image } from '../../../preload/contract/images'
import type { LayerSharing, SharingImage } from '../../../preload/contract/layers'
import type { Column } from '../../ui/table/columns'
import type { useWords } from '../../words'

/** A line of the sharing map: an image, and what of it is its own. */
export type SharingRow = SharingImage & { image: Image }

/** Of the images that are there now: one that went since the map was read is left out. */
export function sharingRows(
  sharing: LayerSharing,
  images: ReadonlyMap<string, Image>,
): SharingRow[] {
  return sharing.images.flatMap((row) => {
    const image = images.get(row.id)
    return image ? [{ ...row, image }] : []
  })
}

export function sharingColumns(t: ReturnType<typeof useWords>['t']): Column<SharingRow>[] {
  return [
    {
      id: 'name',
      header: t('images.columns.references'),
      width: 'grow',
      sortValue: ({ image }) => image.references[0] ?? null,
    },
    { id: 'parts', header: t('layers.sharing.parts'), width: 180, hideBelow: 620 },
    {
      id: 'unique',
      header: t('layers.sharing.unique'),
      width: 104,
      align: 'end',
      sortValue: ({ uniqueBytes }) => uniqueBytes,
    },
    {
      id: 'shared',
      header: t('layers.sharing.shared'),
      width: 104,
      align: 'end',
      hideBelow: 440,
      sortValue: ({ sharedBytes }) => sharedBytes,
    },
    {
      id: 'size',
      header: t('images.columns.size'),
      width: 104,
      align: 'end',
      hideBelow: 540,
      sortValue: ({ sizeBytes }) => sizeBytes,
    },
  ]
}
