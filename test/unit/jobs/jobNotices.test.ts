import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { JobNotices } from '../../../main/jobs/jobNotices'
import type { Notify } from '../../../main/platform'
import { endedJob } from './kept'

function noticesThat(wanted = true) {
  const notify = vi.fn<Notify>()
  const notices = new JobNotices({ notify, wanted: () => Promise.resolve(wanted) })
  return { notify, notices }
}

const long = { startedAt: 1_000, endedAt: 11_000 }
const problem = { code: 'timeout' as const, message: 'Too slow.' }

test('the end of a job that took ten seconds is told where our window has not the focus', async () => {
  const { notify, notices } = noticesThat()
  notices.ended(endedJob(long))
  notices.ended(endedJob({ ...long, state: 'failed', problem }))
  await setImmediate()
  const told = notify.mock.calls.map(([{ title, body, unlessFocused }]) => [
    title,
    body,
    unlessFocused,
  ])
  expect(told).toEqual([
    ['Pull done', 'nginx:latest', true],
    ['Pull failed', 'nginx:latest: Too slow.', true],
  ])
})

test('nothing is told of a short job, a cancelled one, or one that ended with the app', async () => {
  const { notify, notices } = noticesThat()
  notices.ended(endedJob({ ...long, endedAt: 10_999 }))
  notices.ended(endedJob({ ...long, state: 'cancelled' }))
  const closed = { code: 'cancelled' as const, message: 'Longshore ended while this ran.' }
  notices.ended(endedJob({ ...long, state: 'failed', problem: closed }))
  await setImmediate()
  expect(notify).not.toHaveBeenCalled()
})

test('nothing is told to a person who does not want it', async () => {
  const { notify, notices } = noticesThat(false)
  notices.ended(endedJob(long))
  await setImmediate()
  expect(notify).not.toHaveBeenCalled()
})

test('a click leads to the job, every time; pages that come later hear nothing of it', async () => {
  const { notify, notices } = noticesThat()
  const job = endedJob(long)
  notices.ended(job)
  await setImmediate()
  const leave = new AbortController()
  const opened = notices.opened(leave.signal)
  for (let click = 0; click < 2; click += 1) {
    const next = opened.next()
    await setImmediate()
    notify.mock.calls[0]?.[0].onClick()
    expect(await next).toEqual({ done: false, value: { jobId: job.id } })
  }
  const later = notices.opened(leave.signal).next()
  leave.abort()
  expect((await later).done).toBe(true)
})
