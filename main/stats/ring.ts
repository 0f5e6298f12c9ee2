/** The newest rows of a table of numbers, in a fixed amount of memory. NaN in a column is a gap. */
export interface Ring<Column extends string> {
  /** Adds a row at a time in milliseconds, over the oldest one where it is full; null is a gap. */
  push(atMillis: number, row: Record<Column, number | null>): void
  /** The rows of the last `spanMillis` up to the newest one, the oldest first. Valid until the next push. */
  read(spanMillis: number): RingRows<Column>
}

export interface RingRows<Column extends string> {
  atMillis: number[]
  column(name: Column): (number | null)[]
}

/**
 * Times in a ring always increase: when the machine's clock was set back, the rows that would now be
 * in the future are dropped.
 */
export function createRing<Column extends string>(
  capacity: number,
  columns: readonly Column[],
): Ring<Column> {
  const times = new Float64Array(capacity)
  const values = new Map(columns.map((column) => [column, new Float64Array(capacity)]))
  /** Where the next row goes. */
  let end = 0
  let length = 0

  /** Where the row is that was pushed `back` rows before the newest. */
  const slot = (back: number) => (end - 1 - back + capacity) % capacity
  const timeOf = (back: number) => times[slot(back)] ?? 0

  return {
    push(atMillis, row) {
      while (length > 0 && timeOf(0) >= atMillis) {
        end = slot(0)
        length--
      }
      times[end] = atMillis
      for (const [column, ring] of values) ring[end] = row[column] ?? Number.NaN
      end = (end + 1) % capacity
      length = Math.min(length + 1, capacity)
    },

    read(spanMillis) {
      const oldest = timeOf(0) - spanMillis
      let count = 0
      while (count < length && timeOf(count) > oldest) count++
      const slots = Array.from({ length: count }, (_, index) => slot(count - 1 - index))
      return {
        atMillis: slots.map((index) => times[index] ?? 0),
        column(name) {
          const ring = values.get(name)
          return slots.map((index) => {
            const value = ring?.[index] ?? Number.NaN
            return Number.isNaN(value) ? null : value
          })
        },
      }
    },
  }
}
