import { expect, test } from 'vitest'
import { wavesOf } from '../../../main/images/actions'

const children = new Map([
  ['base', ['step', 'one']],
  // A step of a build, which has no name.
  ['step', ['two']],
  ['two', ['three']],
])

test('images go after those that are built on them, also over what does not go', () => {
  expect(wavesOf(['base', 'one', 'two', 'other'], children)).toEqual([
    ['one', 'two', 'other'],
    ['base'],
  ])
  expect(wavesOf(['base', 'two', 'three'], children)).toEqual([['three'], ['two'], ['base']])
})

test('each goes once, and none is left out', () => {
  expect(wavesOf(['one', 'one'], children)).toEqual([['one']])
  expect(wavesOf([], children)).toEqual([])
})
