import type { VolumeSize } from '../../preload/contract/volumes'
import { bytes, moment } from '../format'
import type { useWords } from '../words'

/** All that is known of a size: on the disk, as the files say, how it was found, and when. */
export function sizeText(size: VolumeSize, t: ReturnType<typeof useWords>['t']): string {
  const { apparentBytes, allocatedBytes, entries, source, measuredAt } = size
  return [
    allocatedBytes === null
      ? t('volumes.size.apparent', { bytes: bytes(apparentBytes) })
      : t('volumes.size.both', {
          allocated: bytes(allocatedBytes),
          apparent: bytes(apparentBytes),
        }),
    ...(entries === null ? [] : [t('volumes.size.entries', entries)]),
    t(`volumes.size.sources.${source}`),
    t('volumes.size.measuredAt', { at: moment(measuredAt) }),
  ].join(' · ')
}
