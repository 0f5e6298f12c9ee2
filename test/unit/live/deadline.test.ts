import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { withDeadline } from '../../../main/deadline'

const never = () => new Promise<never>(() => undefined)

test('work that takes too long, and does not heed its signal, ends with a time-out', async () => {
  let seen: AbortSignal | undefined
  const work = (signal: AbortSignal) => {
    seen = signal
    return never()
  }
  await expect(withDeadline(20, work)).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(seen?.aborted).toBe(true)
})

test("work ends with its caller's reason, and leaves no listener behind", async () => {
  const caller = new AbortController()
  const ended = expect(withDeadline(60_000, never, caller.signal)).rejects.toThrow('left')
  caller.abort(new Error('left'))
  await ended
  const other = new AbortController()
  expect(await withDeadline(60_000, () => Promise.resolve(5), other.signal)).toBe(5)
  expect(getEventListeners(other.signal, 'abort')).toEqual([])
})
