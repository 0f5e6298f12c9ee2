import { crc32 } from 'node:zlib'
import { decodeNumber, encodeNumber } from './compactNumber'
import type { Row } from './rowRing'
import { samples, type Tier } from './tiers'

const SERIAL_AT = 8
const COLUMNS_AT = 12
const CRC_BYTES = 4
/** The last moment of a `Date`. */
const MOST_MILLIS = 8.64e15

/**
 * How a row lies in a ring's file, little endian: time (f64, milliseconds since 1970), serial (u32, one
 * more than the row before it), the columns, CRC-32 of all three (u32). Columns are f32 in the finest
 * ring and 16-bit ones (compactNumber.ts) in the others.
 */
export class RowFormat {
  /** Of one row. */
  readonly bytes: number
  readonly #columns: number
  readonly #isSingle: boolean

  constructor(tier: Tier) {
    this.#columns = tier.columns
    this.#isSingle = tier === samples
    this.bytes = COLUMNS_AT + tier.columns * (this.#isSingle ? 4 : 2) + CRC_BYTES
  }

  /** Writes a row into `target` at `offset`. */
  encode({ atMillis, values }: Row, serial: number, target: Buffer, offset: number): void {
    target.writeDoubleLE(atMillis, offset)
    target.writeUInt32LE(serial, offset + SERIAL_AT)
    let at = offset + COLUMNS_AT
    for (const value of values) {
      at = this.#isSingle
        ? target.writeFloatLE(value, at)
        : target.writeUInt16LE(encodeNumber(value), at)
    }
    target.writeUInt32LE(crc32(target.subarray(offset, at)), at)
  }

  /** The serial of the row at `offset`; null where there is none: a hole, a torn row, one that was changed. */
  serial(source: Buffer, offset: number): number | null {
    const end = offset + this.bytes - CRC_BYTES
    if (end + CRC_BYTES > source.length) return null
    if (crc32(source.subarray(offset, end)) !== source.readUInt32LE(end)) return null
    // What fits its CRC and would yet put nonsense on the time axis.
    const atMillis = this.time(source, offset)
    if (!(atMillis > 0 && atMillis <= MOST_MILLIS)) return null
    return source.readUInt32LE(offset + SERIAL_AT)
  }

  /** The time of a row that has a serial. */
  time(source: Buffer, offset: number): number {
    return source.readDoubleLE(offset)
  }

  /** The numbers of a row that has a serial. */
  values(source: Buffer, offset: number): Float32Array {
    const values = new Float32Array(this.#columns)
    const begin = offset + COLUMNS_AT
    if (this.#isSingle) {
      for (let column = 0; column < values.length; column++)
        values[column] = source.readFloatLE(begin + 4 * column)
      return values
    }
    for (let column = 0; column < values.length; column++) {
      // Byte by byte: `readUInt16LE` takes several times as long, and this is most of a reading's work.
      const at = begin + 2 * column
      values[column] = decodeNumber((source[at] ?? 0) | ((source[at + 1] ?? 0) << 8))
    }
    return values
  }
}
