import { textOrder } from '../../words/formats'

/** One line of a table: a row, or the head of a group of rows. `key` is unique among the lines. */
export type Line<Row> = RowLine<Row> | GroupLine<Row>

export interface RowLine<Row> {
  kind: 'row'
  key: string
  id: string
  row: Row
  /** Stands under a group's head. */
  grouped: boolean
}

export interface GroupLine<Row> {
  kind: 'group'
  key: string
  name: string
  rows: readonly Row[]
  collapsed: boolean
}

interface Arrangement<Row> {
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Null: in the order given. */
  sortValue: ((row: Row) => string | number | null) | null
  descending: boolean
  /** Null: no groups. */
  groupBy: ((row: Row) => string | null) | null
  /** The names of the groups whose rows are not shown. */
  collapsed: ReadonlySet<string>
}

/**
 * The lines of a table, top to bottom: sorted rows, those without a group first, then the groups by
 * name, each followed by its rows unless collapsed.
 */
export function arrange<Row>(arrangement: Arrangement<Row>): Line<Row>[] {
  const { rowId, groupBy, collapsed } = arrangement
  const rows = sortRows(arrangement)
  const toLine = (row: Row, grouped: boolean): Line<Row> => {
    const id = rowId(row)
    return { kind: 'row', key: `row:${id}`, id, row, grouped }
  }
  if (!groupBy) return rows.map((row) => toLine(row, false))

  const { single, groups } = splitByGroup(rows, groupBy)
  const lines = single.map((row) => toLine(row, false))
  for (const [name, members] of groups) {
    const hidden = collapsed.has(name)
    lines.push({ kind: 'group', key: `group:${name}`, name, rows: members, collapsed: hidden })
    if (!hidden) lines.push(...members.map((row) => toLine(row, true)))
  }
  return lines
}

/** Numbers inside texts count as numbers: web-2 stands before web-10. */
const order = textOrder({ numeric: true, sensitivity: 'base' })

function sortRows<Row>({ rows, sortValue, descending }: Arrangement<Row>): readonly Row[] {
  if (!sortValue) return rows
  const direction = descending ? -1 : 1
  const compareTexts = order()
  return rows
    .map((row) => ({ row, value: sortValue(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null)
      }
      return direction * compare(a.value, b.value, compareTexts)
    })
    .map(({ row }) => row)
}

function compare(
  a: string | number,
  b: string | number,
  compareTexts: (a: string, b: string) => number,
): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareTexts(String(a), String(b))
}

function splitByGroup<Row>(rows: readonly Row[], groupBy: (row: Row) => string | null) {
  const single: Row[] = []
  const byName = new Map<string, Row[]>()
  for (const row of rows) {
    const name = groupBy(row)
    const members = name === null ? single : byName.get(name)
    if (members) members.push(row)
    else if (name !== null) byName.set(name, [row])
  }
  const compareTexts = order()
  const groups = [...byName].sort(([a], [b]) => compareTexts(a, b))
  return { single, groups }
}
