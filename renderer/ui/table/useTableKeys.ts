import type { Line } from './arrange'
import type { useRowSelection } from './useRowSelection'
import type { useTableCursor } from './useTableCursor'

interface TableKeys<Row> {
  cursor: ReturnType<typeof useTableCursor<Row>>
  selection: ReturnType<typeof useRowSelection>
  /** How many lines a page has. */
  pageLines: () => number
  scrollTo: (index: number) => void
  open: (row: Row) => void
  setCollapsed: (group: string, collapsed: boolean) => void
  openMenu: (line: Line<Row>) => void
  rowIds: (rows: readonly Row[]) => string[]
}

/** What each key does while the table has the focus. */
export function useTableKeys<Row>(table: TableKeys<Row>) {
  const { cursor, selection } = table

  function move(event: KeyboardEvent): boolean {
    const target = cursor.targetOf(event.key, table.pageLines())
    if (target === null) return false
    cursor.moveTo(target)
    const line = cursor.line.value
    if (line?.kind === 'row') {
      if (event.shiftKey) selection.extendTo(line.id)
      else selection.touch(line.id)
    }
    table.scrollTo(cursor.index.value)
    return true
  }

  function onRow(event: KeyboardEvent, line: Line<Row> & { kind: 'row' }): boolean {
    if (event.key === 'Enter') table.open(line.row)
    else if (event.key === ' ') selection.toggle(line.id)
    else return false
    return true
  }

  function onGroup(event: KeyboardEvent, line: Line<Row> & { kind: 'group' }): boolean {
    const ids = table.rowIds(line.rows)
    if (event.key === 'Enter') table.setCollapsed(line.name, !line.collapsed)
    else if (event.key === 'ArrowLeft') table.setCollapsed(line.name, true)
    else if (event.key === 'ArrowRight') table.setCollapsed(line.name, false)
    else if (event.key === ' ') selection.set(ids, selection.coverageOf(ids) !== 'all')
    else return false
    return true
  }

  function onTable(event: KeyboardEvent): boolean {
    const control = event.ctrlKey || event.metaKey
    if (control && event.key.toLowerCase() === 'a') selection.selectAll()
    else if (event.key === 'Escape' && selection.coverage.value !== 'none') selection.clear()
    else return false
    return true
  }

  function onMenu(event: KeyboardEvent): boolean {
    const asked = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')
    if (!asked || !cursor.line.value) return false
    table.openMenu(cursor.line.value)
    return true
  }

  return function press(event: KeyboardEvent) {
    // Keys pressed in a button or field inside a row are its own.
    if (event.target !== event.currentTarget) return
    const line = cursor.line.value
    const done =
      onTable(event) ||
      onMenu(event) ||
      move(event) ||
      (line?.kind === 'row' && onRow(event, line)) ||
      (line?.kind === 'group' && onGroup(event, line))
    if (!done) return
    event.preventDefault()
    event.stopPropagation()
  }
}
