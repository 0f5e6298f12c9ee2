import { expect, test } from 'vitest'
import { shallowRef } from 'vue'
import { useRowMenu } from '../../../renderer/ui/table/useRowMenu'

test('a table has a menu for the row it was asked for on, for all chosen ones with it, for none that is gone', () => {
  const rows = shallowRef([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  const { menu, ask } = useRowMenu(() => rows.value, selected, {
    menuOf: ({ id }) => [{ id, label: id, run: () => undefined }],
    menuOfSeveral: (some) => some.map(({ id }) => ({ id, label: id, run: () => undefined })),
  })
  const ids = () => menu.value.map(({ id }) => id)
  expect(ids()).toEqual([])

  ask({ id: 'b' })
  expect(ids()).toEqual(['b'])
  selected.value = new Set(['a', 'c'])
  expect(ids()).toEqual(['b'])
  selected.value = new Set(['a', 'b'])
  expect(ids()).toEqual(['a', 'b'])
  selected.value = new Set(['b'])
  expect(ids()).toEqual(['b'])

  rows.value = [{ id: 'a' }]
  expect(ids()).toEqual([])
})
