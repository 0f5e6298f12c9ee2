import { expect, test } from 'vitest'
import { leastOf, moreThan, type Held } from '../../soak/held'

const held = (counts: Record<string, number>): Held => ({
  heapBytes: 1,
  resources: counts,
  files: {},
  objects: {},
})

test('what is there in one look only was passing', () => {
  expect(leastOf(held({ a: 2, b: 1 }), held({ a: 3 })).resources).toEqual({ a: 2 })
})

test('what there is more of is named, with both numbers; less is no leak', () => {
  expect(moreThan(held({ a: 2, b: 1 }), held({ a: 1, b: 3, c: 1 }))).toEqual([
    'resources, b: 1, now 3',
    'resources, c: 0, now 1',
  ])
})
