import { expect, test } from 'vitest'
import { ByteQueue } from '../../../main/files/byteQueue'

const never = new AbortController().signal

test('one piece waits until it is taken, and is taken in the parts that are wanted', async () => {
  const queue = new ByteQueue()
  const given = queue.give(Buffer.from('abcdef'))
  await expect(queue.give(Buffer.from('too early'))).rejects.toThrow('not taken yet')
  expect((await queue.take(2, never)).toString()).toBe('ab')
  await given
  expect((await queue.take(10, never)).toString()).toBe('cdef')
  const next = queue.take(10, never)
  await queue.give(Buffer.from('g'))
  expect((await next).toString()).toBe('g')
})

test('whoever gives is told that nobody takes any more, and whoever waits that it is over', async () => {
  const queue = new ByteQueue()
  const given = queue.give(Buffer.from('a'))
  queue.close(new Error('over'))
  await expect(given).rejects.toThrow('over')
  await expect(queue.give(Buffer.from('b'))).rejects.toThrow('over')
  const leaving = new AbortController()
  const taken = new ByteQueue().take(1, leaving.signal)
  leaving.abort(new Error('left'))
  await expect(taken).rejects.toThrow('left')
})
