import { open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { metrics } from '../../../preload/contract/stats'
import { isMissing } from '../../files'
import { decodeNumber, encodeNumber } from './compactNumber'
import type { Row } from './rowRing'
import { samples, type Tier } from './tiers'

const MAGIC = 'LSRING'
const VERSION = 1
const HEADER_BYTES = 32
const TIME_BYTES = 8
const SERIAL_BYTES = 4
const CRC_BYTES = 4
/** The last moment of a `Date`. */
const MOST_MILLIS = 8.64e15
/** What a row means follows from the metrics, so a file of other metrics is of another version. */
const METRICS_CRC = crc32(metrics.join(' '))

/**
 * A ring of rows in a file of a fixed greatest size. Layout, little endian:
 *
 * - header, 32 bytes: `LSRING`, version (u16), bucket in milliseconds (u32), capacity (u32), bytes per
 *   row (u32), CRC-32 of the metrics' names (u32), 4 bytes of 0, CRC-32 of all that (u32);
 * - rows, written round: time (f64, milliseconds since 1970), number of the writing (u32, one more than
 *   the row before it), the columns, CRC-32 of all three (u32).
 *
 * Columns are f32 in the finest ring and 16-bit ones (compactNumber.ts) in the others. A row that was
 * torn or changed does not fit its CRC and is as if it were not there; nothing else is lost with it. A
 * destroyed header is written anew.
 *
 * Everything rejects with the system's error. Calls must not overlap.
 */
export class RingFile {
  readonly #path: string
  readonly #tier: Tier
  readonly #rowBytes: number
  /** Where and with which number the next row goes; null: not looked at yet. */
  #next: { slot: number; serial: number } | null = null
  #bytes = 0
  /** What the file begins with is known to be right. */
  #hasHeader = false

  constructor(path: string, tier: Tier) {
    this.#path = path
    this.#tier = tier
    this.#rowBytes = TIME_BYTES + SERIAL_BYTES + tier.columns * numberBytes(tier) + CRC_BYTES
  }

  /** The file's size; 0 before it was looked at. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * The whole rows at or after `from`, the oldest first; `reachesBack`: none of that time was overwritten.
   * No file: none.
   */
  async read(from: number): Promise<{ rows: Row[]; reachesBack: boolean }> {
    const content = await this.#content()
    const whole = this.#slots(content).filter(({ slot }) => this.#isWhole(content, slot))
    this.#goAfter(whole.at(-1))
    const kept = increasing(whole)
    const oldest = kept[0]?.atMillis ?? Infinity
    const wanted = kept.filter(({ atMillis }) => atMillis >= from)
    return {
      rows: wanted.map(({ slot, atMillis }) => ({ atMillis, values: this.#values(content, slot) })),
      reachesBack: kept.length < this.#tier.capacity || oldest <= from,
    }
  }

  /** The time of the newest whole row; null where there is none. */
  async newestMillis(): Promise<number | null> {
    const content = await this.#content()
    const newest = this.#slots(content).findLast(({ slot }) => this.#isWhole(content, slot))
    this.#goAfter(newest)
    return newest?.atMillis ?? null
  }

  /** Adds rows after the newest ones; the oldest are overwritten where the ring is full. */
  async append(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    if (!this.#next) await this.newestMillis()
    const { slot, serial } = this.#next ?? { slot: 0, serial: 0 }
    const { capacity } = this.#tier
    const beforeWrap = rows.slice(0, capacity - slot)
    const handle = await openToWrite(this.#path)
    try {
      if (!this.#hasHeader) await handle.write(this.#header(), 0, HEADER_BYTES, 0)
      this.#hasHeader = true
      await this.#writeRows(handle, { slot, serial }, beforeWrap)
      await this.#writeRows(
        handle,
        { slot: 0, serial: serial + beforeWrap.length },
        rows.slice(beforeWrap.length),
      )
    } finally {
      await handle.close()
    }
    const lastSlot = Math.min(capacity, slot + rows.length)
    this.#bytes = Math.max(this.#bytes, HEADER_BYTES + lastSlot * this.#rowBytes)
    this.#next = { slot: (slot + rows.length) % capacity, serial: serial + rows.length }
  }

  /** What the file has; one that another version wrote is set aside, and the ring begins anew. */
  async #content(): Promise<Buffer> {
    let content: Buffer
    try {
      content = await readFile(this.#path)
    } catch (error) {
      if (isMissing(error)) return Buffer.alloc(0)
      throw error
    }
    if (!isOfAnotherVersion(content, this.#header())) {
      this.#bytes = content.length
      return content
    }
    await rename(this.#path, `${this.#path}.other`)
    return Buffer.alloc(0)
  }

  async #writeRows(
    handle: FileHandle,
    { slot, serial }: { slot: number; serial: number },
    rows: readonly Row[],
  ): Promise<void> {
    if (rows.length === 0) return
    const bytes = Buffer.alloc(rows.length * this.#rowBytes)
    rows.forEach((row, index) =>
      this.#encode(row, serial + index, bytes.subarray(index * this.#rowBytes)),
    )
    await handle.write(bytes, 0, bytes.length, HEADER_BYTES + slot * this.#rowBytes)
  }

  #header(): Buffer {
    const header = Buffer.alloc(HEADER_BYTES)
    header.write(MAGIC, 0, 'latin1')
    header.writeUInt16LE(VERSION, 6)
    header.writeUInt32LE(this.#tier.bucketMillis, 8)
    header.writeUInt32LE(this.#tier.capacity, 12)
    header.writeUInt32LE(this.#rowBytes, 16)
    header.writeUInt32LE(METRICS_CRC, 20)
    header.writeUInt32LE(crc32(header.subarray(0, HEADER_BYTES - CRC_BYTES)), 28)
    return header
  }

  #encode({ atMillis, values }: Row, serial: number, bytes: Buffer): void {
    const isSamples = this.#tier === samples
    bytes.writeDoubleLE(atMillis, 0)
    bytes.writeUInt32LE(serial, TIME_BYTES)
    let at = TIME_BYTES + SERIAL_BYTES
    for (const value of values) {
      if (isSamples) bytes.writeFloatLE(value, at)
      else bytes.writeUInt16LE(encodeNumber(value), at)
      at += numberBytes(this.#tier)
    }
    bytes.writeUInt32LE(crc32(bytes.subarray(0, at)), at)
  }

  /** The slots in the order of their writing, whole or not. */
  #slots(content: Buffer): Slot[] {
    const count = Math.floor((content.length - HEADER_BYTES) / this.#rowBytes)
    const slots: Slot[] = []
    for (let slot = 0; slot < Math.min(count, this.#tier.capacity); slot++) {
      const at = HEADER_BYTES + slot * this.#rowBytes
      const atMillis = content.readDoubleLE(at)
      // Holes of the file, and what would put nonsense on the time axis.
      if (!(atMillis > 0 && atMillis <= MOST_MILLIS)) continue
      slots.push({ slot, atMillis, serial: content.readUInt32LE(at + TIME_BYTES) })
    }
    return slots.sort((one, other) => one.serial - other.serial)
  }

  #isWhole(content: Buffer, slot: number): boolean {
    const begin = HEADER_BYTES + slot * this.#rowBytes
    const end = begin + this.#rowBytes - CRC_BYTES
    return crc32(content.subarray(begin, end)) === content.readUInt32LE(end)
  }

  #values(content: Buffer, slot: number): Float32Array {
    const begin = HEADER_BYTES + slot * this.#rowBytes + TIME_BYTES + SERIAL_BYTES
    const values = new Float32Array(this.#tier.columns)
    const isSamples = this.#tier === samples
    for (let column = 0; column < values.length; column++) {
      values[column] = isSamples
        ? content.readFloatLE(begin + 4 * column)
        : decodeNumber(content.readUInt16LE(begin + 2 * column))
    }
    return values
  }

  #goAfter(newest: Slot | undefined): void {
    this.#next = newest
      ? { slot: (newest.slot + 1) % this.#tier.capacity, serial: newest.serial + 1 }
      : { slot: 0, serial: 0 }
  }
}

interface Slot {
  slot: number
  atMillis: number
  serial: number
}

/** Leaves out the rows whose time lies at or after a later row's: the machine's clock was set back then. */
function increasing(slots: readonly Slot[]): Slot[] {
  const kept: Slot[] = []
  let next = Infinity
  for (const slot of slots.toReversed()) {
    if (slot.atMillis >= next) continue
    next = slot.atMillis
    kept.push(slot)
  }
  return kept.reverse()
}

const numberBytes = (tier: Tier) => (tier === samples ? 4 : 2)

/** For writing in place; made where it is missing. */
async function openToWrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if (!isMissing(error)) throw error
    return open(path, 'w', 0o600)
  }
}

/** True for a whole header that is not ours; one that is destroyed says nothing. */
function isOfAnotherVersion(content: Buffer, own: Buffer): boolean {
  if (content.length < HEADER_BYTES) return false
  const header = content.subarray(0, HEADER_BYTES)
  const isWhole =
    header.toString('latin1', 0, MAGIC.length) === MAGIC &&
    header.readUInt32LE(28) === crc32(header.subarray(0, HEADER_BYTES - CRC_BYTES))
  return isWhole && !header.equals(own)
}
