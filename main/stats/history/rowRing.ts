/** A row of a ring: a time and the numbers at that time, NaN where nothing is known. */
export interface Row {
  atMillis: number
  values: Float32Array
}

/**
 * Leaves out the rows whose time lies at or after a later row's: the machine's clock was set back in
 * between.
 */
export function increasing(rows: readonly Row[]): Row[] {
  let next = Infinity
  const kept: Row[] = []
  for (const row of rows.toReversed()) {
    if (row.atMillis >= next) continue
    next = row.atMillis
    kept.push(row)
  }
  return kept.reverse()
}

/**
 * The newest rows of a table of numbers, in a fixed amount of memory (typed arrays, made once). Times
 * always increase: when the machine's clock was set back, the rows that would now be in the future are
 * dropped.
 */
export class RowRing {
  readonly #capacity: number
  readonly #columns: number
  readonly #times: Float64Array
  readonly #values: Float32Array
  /** Where the next row goes. */
  #end = 0
  #length = 0
  /** How many of the newest rows were not written yet. */
  #unwritten = 0

  constructor(capacity: number, columns: number) {
    this.#capacity = capacity
    this.#columns = columns
    this.#times = new Float64Array(capacity)
    this.#values = new Float32Array(capacity * columns)
  }

  get length(): number {
    return this.#length
  }

  get unwritten(): number {
    return this.#unwritten
  }

  /** Adds a row, over the oldest one where it is full. `values` is copied. */
  push(atMillis: number, values: ArrayLike<number>): void {
    while (this.#length > 0 && this.#timeOf(0) >= atMillis) {
      this.#end = this.#slot(0)
      this.#length--
      this.#unwritten = Math.max(0, this.#unwritten - 1)
    }
    this.#times[this.#end] = atMillis
    this.#values.set(values, this.#end * this.#columns)
    this.#end = (this.#end + 1) % this.#capacity
    this.#length = Math.min(this.#length + 1, this.#capacity)
    this.#unwritten = Math.min(this.#unwritten + 1, this.#capacity)
  }

  /** The newest `count` rows, the oldest of them first; views into the ring, valid until the next push. */
  *newest(count = this.#length): Generator<Row> {
    for (let back = Math.min(count, this.#length) - 1; back >= 0; back--) {
      const begin = this.#slot(back) * this.#columns
      yield {
        atMillis: this.#timeOf(back),
        values: this.#values.subarray(begin, begin + this.#columns),
      }
    }
  }

  /** The rows so far are on the disk, or on their way to it. */
  written(): void {
    this.#unwritten = 0
  }

  /** So many rows before those that came since are not on the disk after all. */
  notWritten(count: number): void {
    this.#unwritten = Math.min(this.#unwritten + count, this.#length)
  }

  #slot(back: number): number {
    return (this.#end - 1 - back + this.#capacity) % this.#capacity
  }

  #timeOf(back: number): number {
    return this.#times[this.#slot(back)] ?? 0
  }
}
