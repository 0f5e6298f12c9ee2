import type { Volume, VolumeSize } from '../../preload/contract/volumes'
import { shortId } from '../format'

/** A volume's name as it is shown: of one that nobody named, the digits that command lines show. */
export function volumeName({ id, anonymous }: Pick<Volume, 'id' | 'anonymous'>): string {
  return anonymous && id.length === 64 ? shortId(id) : id
}

/** What a volume takes: on the disk where that was seen, else the lengths of its files. Null: not measured. */
export function takenBytes({ size }: { size: VolumeSize | null }): number | null {
  return size && (size.allocatedBytes ?? size.apparentBytes)
}

/** What several take, as far as they are measured, and how many are not. */
export function takenTogether(volumes: readonly Pick<Volume, 'size'>[]) {
  const taken = volumes.map(takenBytes)
  return {
    bytes: taken.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
    unmeasured: taken.filter((bytes) => bytes === null).length,
  }
}
