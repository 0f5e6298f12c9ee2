import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, shallowRef } from 'vue'
import type { TableView } from '../../../preload/contract/settings'
import DataTable from '../../../renderer/ui/DataTable.vue'
import { arrange, type Line } from '../../../renderer/ui/table/arrange'
import { fitColumns, tracksOf } from '../../../renderer/ui/table/columns'
import { useRowSelection } from '../../../renderer/ui/table/useRowSelection'
import { useTableCursor } from '../../../renderer/ui/table/useTableCursor'

interface Row {
  id: string
  size: number | null
  project: string | null
}

const row = (id: string, size: number | null = 0, project: string | null = null): Row => ({
  id,
  size,
  project,
})

const plain = {
  rowId: ({ id }: Row) => id,
  sortValue: null,
  descending: false,
  groupBy: null,
  collapsed: new Set<string>(),
}

const shown = (lines: readonly Line<Row>[]) =>
  lines.map((line) => (line.kind === 'row' ? line.id : `[${line.name}]`))

describe('the lines of a table', () => {
  it('keep the order of the rows when nothing is sorted', () => {
    expect(shown(arrange({ ...plain, rows: [row('b'), row('a')] }))).toEqual(['b', 'a'])
  })

  it('count numbers inside names as numbers', () => {
    const rows = [row('web-10'), row('web-2')]
    const lines = arrange({ ...plain, rows, sortValue: ({ id }) => id })
    expect(shown(lines)).toEqual(['web-2', 'web-10'])
  })

  it('put rows without a value last, in both directions', () => {
    const rows = [row('none', null), row('small', 1), row('large', 2)]
    const by = (descending: boolean) =>
      shown(arrange({ ...plain, rows, sortValue: ({ size }) => size, descending }))
    expect(by(false)).toEqual(['small', 'large', 'none'])
    expect(by(true)).toEqual(['large', 'small', 'none'])
  })

  it('stand in groups by name, after the rows without a group', () => {
    const rows = [row('a', 0, 'shop'), row('b'), row('c', 0, 'blog'), row('d', 0, 'shop')]
    const lines = arrange({ ...plain, rows, groupBy: ({ project }) => project })
    expect(shown(lines)).toEqual(['b', '[blog]', 'c', '[shop]', 'a', 'd'])
  })

  it('leave out the rows of a collapsed group, but keep its head', () => {
    const rows = [row('a', 0, 'shop'), row('b', 0, 'blog')]
    const groupBy = ({ project }: Row) => project
    const lines = arrange({ ...plain, rows, groupBy, collapsed: new Set(['shop']) })
    expect(shown(lines)).toEqual(['[blog]', 'b', '[shop]'])
  })
})

describe('column widths', () => {
  it('share what is left between the columns that grow', () => {
    const { template, minWidth } = tracksOf([{ width: 'grow', share: 2 }, { width: 80 }])
    expect(template).toBe('32px minmax(134px, 2fr) 80px')
    expect(minWidth).toBe(32 + 134 + 80)
  })
})

describe('fitting columns', () => {
  const columns = [
    { id: 'name', header: 'Name' },
    { id: 'size', header: 'Size', width: 120, narrow: { below: 600, width: 80 } },
    { id: 'age', header: 'Age', width: 60, hideBelow: 500 },
  ]

  it('leaves out and narrows what the table has no room for', () => {
    const widths = (room: number) => fitColumns(columns, room).map(({ width }) => width)
    expect(widths(700)).toEqual([undefined, 120, 60])
    expect(widths(550)).toEqual([undefined, 80, 60])
    expect(widths(400)).toEqual([undefined, 80])
  })
})

describe('choosing rows', () => {
  const setUp = (present: string[]) => {
    const ids = ref(present)
    const selected = shallowRef(new Set<string>())
    return { ids, selected, selection: useRowSelection(ids, selected) }
  }

  it('spans from the row touched last to the one clicked with Shift', () => {
    const { selected, selection } = setUp(['a', 'b', 'c', 'd'])
    selection.toggle('d')
    selection.extendTo('b')
    expect([...selected.value].sort()).toEqual(['b', 'c', 'd'])
  })

  it('begins with the row itself when none was touched', () => {
    const { selected, selection } = setUp(['a', 'b'])
    selection.extendTo('b')
    expect([...selected.value]).toEqual(['b'])
  })

  it('never keeps a row that the table does not show any more', async () => {
    const { ids, selected, selection } = setUp(['a', 'b'])
    selection.selectAll()
    ids.value = ['b', 'c']
    await nextTick()
    expect([...selected.value]).toEqual(['b'])
  })

  it('tells none, some and all apart', () => {
    const { selection } = setUp(['a', 'b'])
    expect(selection.coverage.value).toBe('none')
    selection.toggle('a')
    expect(selection.coverage.value).toBe('some')
    selection.toggle('b')
    expect(selection.coverage.value).toBe('all')
  })
})

describe('the cursor', () => {
  const lineOf = (id: string): Line<Row> => ({
    kind: 'row',
    key: `row:${id}`,
    id,
    row: row(id),
    grouped: false,
  })

  it('stays on its row while rows move', () => {
    const lines = shallowRef(['a', 'b', 'c'].map(lineOf))
    const cursor = useTableCursor(lines)
    cursor.moveTo(1)
    lines.value = ['x', 'y', 'b'].map(lineOf)
    expect(cursor.index.value).toBe(2)
  })

  it('stays at its height when its row goes', () => {
    const lines = shallowRef(['a', 'b', 'c'].map(lineOf))
    const cursor = useTableCursor(lines)
    cursor.moveTo(1)
    lines.value = ['a', 'c'].map(lineOf)
    expect(cursor.line.value?.key).toBe('row:c')
  })

  it('goes by lines, pages and ends, and no further than there are lines', () => {
    const cursor = useTableCursor(shallowRef(['a', 'b', 'c'].map(lineOf)))
    expect(cursor.targetOf('ArrowDown', 10)).toBe(0)
    cursor.moveTo(1)
    expect(cursor.targetOf('End', 10)).toBe(2)
    expect(cursor.targetOf('x', 10)).toBeNull()
    cursor.moveTo(cursor.targetOf('PageDown', 10) ?? -1)
    expect(cursor.index.value).toBe(2)
  })
})

describe('DataTable', () => {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  })
  afterEach(() => vi.restoreAllMocks())

  function table(rows: Row[]) {
    const state = {
      rows: shallowRef(rows),
      selected: shallowRef(new Set<string>()),
      view: ref<TableView>({ sortBy: 'name', descending: false, grouped: false, filter: null }),
      activated: [] as string[],
    }
    const host = defineComponent(
      () => () =>
        h(
          DataTable<Row>,
          {
            rows: state.rows.value,
            rowId: ({ id }: Row) => id,
            columns: [{ id: 'name', header: 'Name', sortValue: ({ id }: Row) => id }],
            groupBy: ({ project }: Row) => project,
            label: 'Things',
            view: state.view.value,
            'onUpdate:view': (next: TableView) => (state.view.value = next),
            selected: state.selected.value,
            'onUpdate:selected': (next: Set<string>) => (state.selected.value = next),
            onActivate: ({ id }: Row) => state.activated.push(id),
          },
          { 'cell-name': ({ row: { id } }: { row: Row }) => id },
        ),
    )
    const wrapper = mount(host, { attachTo: document.body, global: { plugins: [createPinia()] } })
    const grid = wrapper.get('[role=grid]')
    const lines = () => wrapper.findAll('[data-line]')
    return { ...state, wrapper, grid, lines }
  }

  it('draws only the rows in view of ten thousand, and tells their number', async () => {
    const { grid, lines } = table(Array.from({ length: 10_000 }, (_, index) => row(`r${index}`)))
    await nextTick()
    expect(lines().length).toBeGreaterThan(5)
    expect(lines().length).toBeLessThan(60)
    expect(grid.attributes('aria-rowcount')).toBe('10001')
  })

  it('keeps the very element of a row when its data is replaced', async () => {
    const { rows, lines } = table([row('a'), row('b')])
    await nextTick()
    const before = lines()[1]?.element
    rows.value = [row('a'), row('b', 5), row('c')]
    await nextTick()
    expect(lines()[1]?.element).toBe(before)
    expect(lines()).toHaveLength(3)
  })

  it('is used with the keyboard alone', async () => {
    const { grid, selected, activated } = table([row('a'), row('b'), row('c')])
    await nextTick()
    await grid.trigger('keydown', { key: 'ArrowDown' })
    await grid.trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    expect([...selected.value]).toEqual(['a', 'b'])
    await grid.trigger('keydown', { key: 'End' })
    await grid.trigger('keydown', { key: ' ' })
    expect([...selected.value]).toEqual(['a', 'b', 'c'])
    await grid.trigger('keydown', { key: 'Enter' })
    expect(activated).toEqual(['c'])
    await grid.trigger('keydown', { key: 'Escape' })
    expect([...selected.value]).toEqual([])
    await grid.trigger('keydown', { key: 'a', ctrlKey: true })
    expect(selected.value.size).toBe(3)
  })

  it('sorts by a header, and the other way round at the second click', async () => {
    const { wrapper, view, lines } = table([row('a'), row('b')])
    await nextTick()
    await wrapper.get('[role=columnheader] button').trigger('click')
    expect(view.value.descending).toBe(true)
    await nextTick()
    expect(lines()[0]?.text()).toBe('b')
    expect(wrapper.get('[aria-sort]').attributes('aria-sort')).toBe('descending')
  })

  it('collapses a group and chooses all of it, hidden rows too', async () => {
    const { grid, view, selected, lines } = table([row('a', 0, 'shop'), row('b', 0, 'shop')])
    view.value = { ...view.value, grouped: true }
    await nextTick()
    expect(lines()).toHaveLength(3)
    await grid.trigger('keydown', { key: 'Home' })
    await grid.trigger('keydown', { key: 'ArrowLeft' })
    await nextTick()
    expect(lines()).toHaveLength(1)
    await grid.trigger('keydown', { key: ' ' })
    expect([...selected.value]).toEqual(['a', 'b'])
  })
})
