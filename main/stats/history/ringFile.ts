import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { metrics } from '../../../preload/contract/stats'
import { isMissing } from '../../systemFiles'
import { RowFormat } from './ringRow'
import { increasing, type Row } from './rowRing'
import type { Tier } from './tiers'

const MAGIC = 'LSRING'
const VERSION = 1
const HEADER_BYTES = 32
const CRC_AT = 28
/** What a row means follows from the metrics, so a file of other metrics is of another version. */
const METRICS_CRC = crc32(metrics.join(' '))

/** A row that was found in the file. */
interface Found {
  serial: number
  atMillis: number
}

/**
 * A ring of rows in a file of a fixed greatest size. Layout, little endian:
 *
 * - header, 32 bytes: `LSRING`, version (u16), bucket in milliseconds (u32), capacity (u32), bytes per
 *   row (u32), CRC-32 of the metrics' names (u32), 4 bytes of 0, CRC-32 of all that (u32);
 * - rows (ringRow.ts), written round: the row with serial n is in slot n modulo capacity.
 *
 * A row that was torn or changed does not fit its CRC and is as if it were not there; nothing else is
 * lost with it. A destroyed header is written anew.
 *
 * Everything rejects with the system's error. Calls must not overlap.
 */
export class RingFile {
  readonly #path: string
  readonly #tier: Tier
  readonly #format: RowFormat
  /** Null: there is none; undefined: not looked for yet. */
  #newest: Found | null | undefined
  #bytes = 0
  #setAsideBytes = 0
  /** What the file begins with is known to be right. */
  #hasHeader = false

  constructor(path: string, tier: Tier) {
    this.#path = path
    this.#tier = tier
    this.#format = new RowFormat(tier)
  }

  /** The file's size; 0 before it was looked at. */
  get bytes(): number {
    return this.#bytes
  }

  /** The size of another version's file, where one was found and set aside. */
  get setAsideBytes(): number {
    return this.#setAsideBytes
  }

  /**
   * The whole rows at or after `from`, the oldest first; `reachesBack`: the file also has what was at
   * `from`, or before it. No file: none.
   */
  async read(from: number): Promise<{ rows: Row[]; reachesBack: boolean }> {
    const newest = await this.#look()
    if (!newest) return { rows: [], reachesBack: false }
    const content = await readFile(this.#path).catch(nothing)
    const end = Math.max(-1, newest.serial - this.#tier.capacity)
    const rows: Row[] = []
    let reachesBack = false
    for (let serial = newest.serial; serial > end && !reachesBack; serial--) {
      const offset = this.#offset(serial)
      if (this.#format.serial(content, offset) !== serial) continue
      const atMillis = this.#format.time(content, offset)
      if (atMillis >= from) rows.push({ atMillis, values: this.#format.values(content, offset) })
      reachesBack = atMillis <= from
    }
    return { rows: increasing(rows.reverse()), reachesBack }
  }

  /** The time of the newest whole row; null where there is none. */
  async newestMillis(): Promise<number | null> {
    return (await this.#look())?.atMillis ?? null
  }

  /** Adds rows, not more than the ring's capacity, after the newest ones, over the oldest. */
  async append(rows: readonly Row[]): Promise<void> {
    const last = rows.at(-1)
    if (!last) return
    const serial = ((await this.#look())?.serial ?? -1) + 1
    const { capacity } = this.#tier
    const beforeWrap = rows.slice(0, capacity - (serial % capacity))
    const { handle, isNew } = await openToWrite(this.#path)
    try {
      if (isNew || !this.#hasHeader) await writeAt(handle, 0, this.#header())
      this.#hasHeader = true
      await this.#writeRows(handle, serial, beforeWrap)
      await this.#writeRows(handle, serial + beforeWrap.length, rows.slice(beforeWrap.length))
    } finally {
      await handle.close()
    }
    this.#newest = { serial: serial + rows.length - 1, atMillis: last.atMillis }
    this.#bytes = HEADER_BYTES + Math.min(capacity, serial + rows.length) * this.#format.bytes
  }

  /** Finds the newest row, once. A file that another version wrote is set aside, and the ring begins anew. */
  async #look(): Promise<Found | null> {
    if (this.#newest !== undefined) return this.#newest
    const handle = await open(this.#path, 'r').catch(noFile)
    if (!handle) return (this.#newest = null)
    try {
      const { size } = await handle.stat()
      if (!isOfAnotherVersion(await readAt(handle, 0, HEADER_BYTES), this.#header())) {
        this.#bytes = size
        return (this.#newest = await this.#findNewest(handle, size))
      }
      this.#setAsideBytes = size
    } finally {
      await handle.close()
    }
    await rename(this.#path, `${this.#path}.other`)
    return (this.#newest = null)
  }

  /**
   * Halves the slots until it is found: up to the newest row serials go with the slots, behind it they
   * are of the round before. Where a row on the way is damaged, all are looked at.
   */
  async #findNewest(handle: FileHandle, size: number): Promise<Found | null> {
    const { bytes } = this.#format
    const slots = Math.min(Math.floor((size - HEADER_BYTES) / bytes), this.#tier.capacity)
    if (slots <= 0) return null
    let newest = await this.#rowAt(handle, 0)
    const first = newest?.serial
    let [low, high] = [0, slots - 1]
    while (newest && first !== undefined && low < high) {
      const middle = Math.ceil((low + high) / 2)
      const row = await this.#rowAt(handle, middle)
      if (row?.serial === first + middle) {
        low = middle
        newest = row
      } else {
        high = middle - 1
        if (!row) newest = null
      }
    }
    return newest ?? this.#newestOf(await readAt(handle, 0, size), slots)
  }

  async #rowAt(handle: FileHandle, slot: number): Promise<Found | null> {
    const { bytes } = this.#format
    return this.#found(await readAt(handle, HEADER_BYTES + slot * bytes, bytes), 0)
  }

  #newestOf(content: Buffer, slots: number): Found | null {
    let newest: Found | null = null
    for (let slot = 0; slot < slots; slot++) {
      const row = this.#found(content, this.#offset(slot))
      if (row && row.serial > (newest?.serial ?? -1)) newest = row
    }
    return newest
  }

  #found(source: Buffer, offset: number): Found | null {
    const serial = this.#format.serial(source, offset)
    return serial === null ? null : { serial, atMillis: this.#format.time(source, offset) }
  }

  #offset(serial: number): number {
    return HEADER_BYTES + (serial % this.#tier.capacity) * this.#format.bytes
  }

  /** Rows that lie one behind the other in the file. */
  async #writeRows(handle: FileHandle, serial: number, rows: readonly Row[]): Promise<void> {
    const bytes = Buffer.alloc(rows.length * this.#format.bytes)
    rows.forEach((row, index) =>
      this.#format.encode(row, serial + index, bytes, index * this.#format.bytes),
    )
    await writeAt(handle, this.#offset(serial), bytes)
  }

  #header(): Buffer {
    const header = Buffer.alloc(HEADER_BYTES)
    header.write(MAGIC, 0, 'latin1')
    header.writeUInt16LE(VERSION, 6)
    header.writeUInt32LE(this.#tier.bucketMillis, 8)
    header.writeUInt32LE(this.#tier.capacity, 12)
    header.writeUInt32LE(this.#format.bytes, 16)
    header.writeUInt32LE(METRICS_CRC, 20)
    header.writeUInt32LE(crc32(header.subarray(0, CRC_AT)), CRC_AT)
    return header
  }
}

/** True for a whole header that is not ours; one that is destroyed says nothing. */
function isOfAnotherVersion(header: Buffer, own: Buffer): boolean {
  if (header.length < HEADER_BYTES || header.equals(own)) return false
  const isOurs = header.toString('latin1', 0, MAGIC.length) === MAGIC
  return isOurs && header.readUInt32LE(CRC_AT) === crc32(header.subarray(0, CRC_AT))
}

/** For writing in place; made, with its folder, where it is missing. */
async function openToWrite(path: string): Promise<{ handle: FileHandle; isNew: boolean }> {
  const handle = await open(path, 'r+').catch(noFile)
  if (handle) return { handle, isNew: false }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return { handle: await open(path, 'w', 0o600), isNew: true }
}

/** What there is of so many bytes. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** All of it: a disk that has room for a part only takes that part without an error. */
async function writeAt(handle: FileHandle, position: number, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

function noFile(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}

function nothing(error: unknown): Buffer {
  if (isMissing(error)) return Buffer.alloc(0)
  throw error
}
