import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import JobsIndicator from '../../../renderer/jobs/JobsIndicator.vue'
import JobsPage from '../../../renderer/jobs/JobsPage.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { job } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Page } from './mountPage'

let page: Page
afterEach(() => page.unmount())

describe('the jobs page', () => {
  it('shows how each job ended, the newest first, and tries a failed one again', async () => {
    page = await mountPage(JobsPage, {
      answers: {
        'jobs.watch': collectionOf(
          job({ id: 'old', subject: 'redis:7', state: 'cancelled', startedAt: 1, endedAt: 2 }),
          job({
            id: 'new',
            state: 'failed',
            startedAt: 3,
            endedAt: 4,
            problem: { code: 'disk-full', message: 'The disk is full.', hint: 'Remove images.' },
            log: ['no space left on device'],
          }),
        ),
        'jobs.retry': () => ({ jobId: 'again' }),
        'jobs.dismiss': () => undefined,
      },
    })
    const text = page.text()
    expect(text.indexOf('nginx:latest')).toBeLessThan(text.indexOf('redis:7'))
    for (const part of ['Failed', 'The disk is full.', 'Remove images.', 'no space', 'Cancelled']) {
      expect(text).toContain(part)
    }
    buttonOf('Try again').click()
    await page.settle()
    expect(page.calls).toEqual([
      { path: 'jobs.retry', input: { jobId: 'new' } },
      { path: 'jobs.dismiss', input: { jobId: 'new' } },
    ])
  })

  it('takes all ended jobs off the list at once, and no running one', async () => {
    page = await mountPage(JobsPage, {
      answers: {
        'jobs.watch': collectionOf(
          job({ id: 'runs' }),
          job({ id: 'done', state: 'succeeded', endedAt: 1 }),
        ),
        'jobs.dismiss': () => undefined,
      },
    })
    buttonOf('Clear ended jobs').click()
    await page.settle()
    expect(page.calls).toEqual([{ path: 'jobs.dismiss', input: { jobId: 'done' } }])
  })
})

describe('the indicator in the rail', () => {
  it('tells how far the running jobs are, and when one has ended', async () => {
    const jobs = new TestStream<unknown>()
    jobs.send({
      kind: 'snapshot',
      items: [
        job({ currentBytes: 25, totalBytes: 100 }),
        job({ id: 'before', subject: 'older:1', state: 'failed', endedAt: 1 }),
      ],
    })
    page = await mountPage(
      defineComponent(() => () => [h(JobsIndicator), h(ToastHost)]),
      { answers: { 'jobs.watch': (_input, signal) => jobs.open(signal) } },
    )
    expect(document.querySelector('[title="One job is running, 25% done"]')).not.toBeNull()

    jobs.send({
      kind: 'patch',
      upsert: [
        job({ state: 'failed', endedAt: 1, problem: { code: 'timeout', message: 'Slow.' } }),
      ],
      remove: [],
    })
    await page.settle()
    expect(page.text()).toContain('Could not pull nginx:latest')
    expect(page.text()).toContain('Slow.')
    expect(page.text()).not.toContain('older:1')
  })
})
