import { afterEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../preload/contract/jobs'
import JobsPage from '../../../renderer/jobs/JobsPage.vue'
import { useSettings } from '../../../renderer/settings/store'
import { engine, job } from './fixtures'
import {
  buttonOf,
  collectionOf,
  mountPage,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
afterEach(() => page.unmount())

const streamOf = (message: unknown) => (_input: never, signal: AbortSignal) => {
  const stream = new TestStream<unknown>()
  stream.send(message)
  return stream.open(signal)
}

async function openPage(jobs: Job[], answers: Answers = {}) {
  page = await mountPage(JobsPage, {
    answers: {
      'jobs.watch': collectionOf(...jobs),
      'jobs.retry': () => ({ jobId: 'again' }),
      'jobs.dismiss': () => undefined,
      'jobs.see': () => undefined,
      'alerts.watch': streamOf({ rules: [], active: [], recent: [], notifiedBy: 'main' }),
      ...answers,
    },
  })
  await page.settle()
}

const rows = () => [...document.querySelectorAll('article')]
const rowTexts = () => rows().map((row) => row.textContent)
const toggleOf = (index: number) => {
  const toggle = rows()[index]?.querySelector<HTMLElement>('[data-job-toggle]')
  if (!toggle) throw new Error(`There is no row ${index}.`)
  return toggle
}
const press = async (key: string) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  document.activeElement?.dispatchEvent(event)
  await page.settle()
}
const choose = async (label: string, value: string) => {
  const select = document.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`)
  if (!select) throw new Error(`There is no choice "${label}".`)
  select.value = value
  select.dispatchEvent(new Event('change'))
  await page.settle()
}
const callsTo = (path: string) => page.calls.filter((call) => call.path === path)

const failed = job({
  id: 'failed',
  state: 'failed',
  startedAt: 3_000,
  endedAt: 5_000,
  currentBytes: 4 * 1024 ** 2,
  problem: { code: 'disk-full', message: 'The disk is full.', hint: 'Remove images.' },
  log: ['first line', 'no space left on device'],
})
const redis = job({
  id: 'redis',
  request: { kind: 'push', engineId: 'e1', references: ['redis:7'] },
  subject: 'redis:7',
  state: 'succeeded',
  startedAt: 1_000,
  endedAt: 2_000,
})
const runs = job({ id: 'runs', subject: 'postgres:17', startedAt: 500 })

describe('the jobs page', () => {
  it('shows running jobs first, then how each one ended, the newest first', async () => {
    await openPage([redis, failed, runs])
    expect(rowTexts().map((text) => /postgres|redis|nginx/.exec(text)?.[0])).toEqual([
      'postgres',
      'nginx',
      'redis',
    ])
    const [first, second, third] = rowTexts()
    expect(first).toContain('Running')
    for (const part of ['Pull', 'Failed', 'The disk is full.', '2.0 s', '4.0 MiB, 2.0 MiB/s'])
      expect(second).toContain(part)
    for (const part of ['Push', 'Done']) expect(third).toContain(part)
  })

  it('opens a job to what went wrong, its times, its steps and its log, and closes it again', async () => {
    const step = { phase: 'done' as const, status: '', currentBytes: 5, totalBytes: 5 }
    await openPage([{ ...failed, steps: [{ ...step, id: 'abc123' }] }])
    expect(page.text()).not.toContain('first line')
    toggleOf(0).click()
    await page.settle()
    const parts = ['Remove images.', 'Average speed', 'abc123', '1 of 1 done', 'first line']
    for (const part of parts) expect(page.text()).toContain(part)
    expect(document.querySelector('[aria-label="Copy the log"]')).not.toBeNull()
    toggleOf(0).click()
    await page.settle()
    expect(page.text()).not.toContain('first line')
  })

  it('tries a failed job again and does a succeeded one again; what they were stays on the list', async () => {
    await openPage([redis, failed])
    document.querySelector<HTMLElement>('[aria-label="Try again"]')?.click()
    document.querySelector<HTMLElement>('[aria-label="Do again"]')?.click()
    await page.settle()
    expect(callsTo('jobs.retry').map(({ input }) => input)).toEqual([
      { jobId: 'failed' },
      { jobId: 'redis' },
    ])
    expect(callsTo('jobs.dismiss')).toEqual([])
  })

  it('cancels a running job at once, and takes one ended job off the list', async () => {
    await openPage([runs, redis], { 'jobs.cancel': () => undefined })
    document.querySelector<HTMLElement>('[aria-label="Cancel"]')?.click()
    document.querySelector<HTMLElement>('[aria-label="Take off the list"]')?.click()
    await page.settle()
    expect(page.calls).toEqual([
      { path: 'jobs.cancel', input: { jobId: 'runs' } },
      { path: 'jobs.dismiss', input: { jobId: 'redis' } },
    ])
  })

  it('takes all ended jobs off the list at once, and no running one; of a filtered list only those shown', async () => {
    await openPage([runs, redis, failed])
    buttonOf('Clear ended jobs').click()
    await page.settle()
    const dismissed = () => callsTo('jobs.dismiss').map(({ input }) => input)
    expect(dismissed()).toEqual([{ jobId: 'failed' }, { jobId: 'redis' }])
    await choose('State', 'failed')
    buttonOf('Clear the shown one').click()
    await page.settle()
    expect(dismissed().slice(2)).toEqual([{ jobId: 'failed' }])
  })

  it('filters by state and kind, remembers that, and finds by words', async () => {
    await openPage([runs, redis, failed])
    await choose('Kind', 'pull')
    expect(rows()).toHaveLength(2)
    await choose('State', 'failed')
    expect(rows()).toHaveLength(1)
    expect(page.text()).toContain('1 of 3')
    expect(useSettings().values.tables.jobs?.filter).toBe('failed/pull')

    const search = document.querySelector<HTMLInputElement>('[role=searchbox]')
    if (!search) throw new Error('There is no search.')
    await typeInto(page, search, 'disk nginx')
    expect(rows()).toHaveLength(1)
    await typeInto(page, search, 'redis')
    expect(page.text()).toContain('No job is like that')
    buttonOf('Show all jobs').click()
    await page.settle()
    expect(rows()).toHaveLength(3)
  })

  it('is walked with the arrow keys; Delete takes an ended job off and goes to the next', async () => {
    await openPage([runs, redis, failed])
    toggleOf(0).focus()
    await press('ArrowDown')
    expect(document.activeElement).toBe(toggleOf(1))
    await press('End')
    expect(document.activeElement).toBe(toggleOf(2))
    await press('ArrowUp')
    await press('Delete')
    expect(callsTo('jobs.dismiss')).toEqual([{ path: 'jobs.dismiss', input: { jobId: 'failed' } }])
    expect(document.activeElement).toBe(toggleOf(2))
    await press('Home')
    await press('Delete')
    expect(callsTo('jobs.dismiss')).toHaveLength(1)
    const stops = rows().map((row) => row.querySelectorAll('[tabindex="0"]').length)
    expect(stops).toEqual([2, 0, 0])
  })

  it('names the engine of each job where there are several', async () => {
    const engines = [engine(), engine({ id: 'e2', name: 'lighthouse' })]
    await openPage([redis, job({ id: 'far', request: { ...redisRequest, engineId: 'e2' } })], {
      'engines.watch': streamOf({ searching: false, engines, attempts: [], offers: [] }),
    })
    expect(rowTexts().map((text) => /harbour|lighthouse/.exec(text)?.[0])).toEqual([
      'lighthouse',
      'harbour',
    ])
  })

  it('opens the job that a notification leads to, whatever was filtered', async () => {
    await openPage([redis, failed])
    await choose('State', 'succeeded')
    await page.router.push({ path: '/jobs', query: { job: 'failed' } })
    await page.settle()
    expect(document.activeElement).toBe(toggleOf(0))
    expect(page.text()).toContain('first line')
    expect(page.router.currentRoute.value.fullPath).toBe('/jobs')
  })

  it('says that it has seen the failures', async () => {
    await openPage([redis, { ...failed, unseen: true }])
    expect(callsTo('jobs.see')).toEqual([{ path: 'jobs.see', input: { jobIds: ['failed'] } }])
  })

  it('teaches what a job is while there are none, and says what is wrong when it cannot know', async () => {
    await openPage([])
    expect(page.text()).toContain('No jobs yet')
    page.unmount()
    await openPage([], {
      'jobs.watch': () => {
        throw new Error('It broke.')
      },
    })
    expect(document.querySelector('[role=alert]')?.textContent).toContain('It broke.')
    expect(page.text()).not.toContain('No jobs yet')
  })

  it('draws two hundred jobs, each with one line, without their logs', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      job({ ...failed, id: `j${index}`, startedAt: index, log: ['x'.repeat(30_000)] }),
    )
    await openPage(many)
    expect(rows()).toHaveLength(200)
    expect(document.body.innerHTML).not.toContain('xxx')
  })
})

const redisRequest = { kind: 'push' as const, engineId: 'e1', references: ['redis:7'] }

describe('whether the end of a long job is told', () => {
  it('can be turned off', async () => {
    await openPage([])
    const box = document.querySelector<HTMLInputElement>('input[type=checkbox]')
    expect(box?.checked).toBe(true)
    box?.click()
    await page.settle()
    expect(useSettings().values.notifyJobs).toBe(false)
  })

  it('depends on the browser where the page does it, and on nothing where main does', async () => {
    await openPage([])
    expect(page.text()).not.toContain('browser')
    page.unmount()
    await openPage([], {
      'alerts.watch': streamOf({ rules: [], active: [], recent: [], notifiedBy: 'page' }),
    })
    expect(page.text()).toContain('This browser has no desktop notifications.')
  })
})
