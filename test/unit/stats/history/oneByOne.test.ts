import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { OneByOne } from '../../../../main/stats/history/oneByOne'

test('pieces are done one after the other, and others have their turn in between', async () => {
  const queue = new OneByOne()
  let turns = 0
  let working = 0
  const began: number[] = []
  const counting = (async () => {
    for (; began.length < 5; turns++) await nextTurn()
  })()
  const piece = async () => {
    expect(++working).toBe(1)
    began.push(turns)
    await nextTurn()
    working--
  }
  await Promise.all(Array.from({ length: 5 }, () => queue.run(piece)))
  await counting
  expect(new Set(began).size).toBe(5)
})

test('one that fails tells whoever asked for it, and the next is done', async () => {
  const queue = new OneByOne()
  const failing = queue.run(() => Promise.reject(new Error('refused')))
  const next = queue.run(() => Promise.resolve('done'))
  await expect(failing).rejects.toThrow('refused')
  await expect(next).resolves.toBe('done')
})
