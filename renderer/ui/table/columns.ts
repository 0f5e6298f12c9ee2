/** One column of a `DataTable`; what a cell shows is the slot `cell-<id>`. */
export interface Column<Row> {
  id: string
  header: string
  /** CSS pixels; the columns that grow share what is left. */
  width?: number | 'grow'
  /** The share of a column that grows; 1 unless told. */
  share?: number
  /** Another width, in CSS pixels, while the table is narrower than `below`, and whether words fit above it. */
  narrow?: { below: number; width: number; hideHeader?: boolean }
  align?: 'start' | 'end'
  /** What to sort by; null goes last in both directions. Without it the column does not sort. */
  sortValue?: (row: Row) => string | number | null
  /** The column is left out while the table is narrower than this. */
  hideBelow?: number
  /** The header is only read out: a column of buttons needs no words above it. */
  hideHeader?: boolean
}

const checkboxWidth = 32
const leastGrowing = 134

/** The columns that a table of this width (CSS pixels) has room for, as wide as they are then. */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  tableWidth: number,
): Column<Row>[] {
  return columns
    .filter(({ hideBelow = 0 }) => tableWidth >= hideBelow)
    .map((column) => {
      if (!column.narrow) return column
      const { below, ...changes } = column.narrow
      return tableWidth < below ? { ...column, ...changes } : column
    })
}

/** The grid tracks of all rows, and the width below which the table scrolls sideways. */
export function tracksOf(columns: readonly Pick<Column<never>, 'width' | 'share'>[]): {
  template: string
  minWidth: number
} {
  const tracks = columns.map(({ width, share = 1 }) =>
    typeof width === 'number' ? `${width}px` : `minmax(${leastGrowing}px, ${share}fr)`,
  )
  const widths = columns.map(({ width }) => (typeof width === 'number' ? width : leastGrowing))
  return {
    template: [`${checkboxWidth}px`, ...tracks].join(' '),
    minWidth: widths.reduce((sum, width) => sum + width, checkboxWidth),
  }
}
