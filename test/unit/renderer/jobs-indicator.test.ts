import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { Job } from '../../../preload/contract/jobs'
import JobsIndicator from '../../../renderer/jobs/JobsIndicator.vue'
import { useSettings } from '../../../renderer/settings/store'
import { useCommandStore } from '../../../renderer/shell/commands'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { job } from './fixtures'
import { buttonOf, mountPage, TestStream, type Page } from './mountPage'
import { stubNotifications } from './stubNotifications'

let page: Page
let jobs: TestStream<unknown>
let opened: TestStream<{ jobId: string }>
beforeEach(() => {
  jobs = new TestStream()
  opened = new TestStream()
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** The rail's mark and the messages over the page, while these jobs are there. */
async function openRail(...items: Job[]) {
  page = await mountPage(
    defineComponent(() => () => [h(JobsIndicator), h(ToastHost)]),
    {
      answers: {
        'jobs.watch': (_input, signal) => jobs.open(signal),
        'jobs.opened': (_input, signal) => opened.open(signal),
        'jobs.cancel': () => undefined,
        'jobs.retry': () => ({ jobId: 'again' }),
        'jobs.dismiss': () => undefined,
      },
    },
  )
  jobs.send({ kind: 'snapshot', items })
  await page.settle()
}

async function become(changed: Job) {
  jobs.send({ kind: 'patch', upsert: [changed], remove: [] })
  await page.settle()
}

const titled = (title: string) => document.querySelector(`[title="${title}"]`)
const address = () => page.router.currentRoute.value.fullPath
const failure = {
  state: 'failed' as const,
  endedAt: 1,
  problem: { code: 'timeout' as const, message: 'Slow.' },
}

it('tells how far the running jobs are, and when one has ended', async () => {
  await openRail(
    job({ currentBytes: 25, totalBytes: 100 }),
    job({ id: 'before', subject: 'older:1', state: 'failed', endedAt: 1 }),
  )
  expect(titled('One job is running, 25% done')).not.toBeNull()
  await become(job(failure))
  expect(page.text()).toContain('Could not pull nginx:latest')
  expect(page.text()).toContain('Slow.')
  expect(page.text()).not.toContain('older:1')
  buttonOf('Show').click()
  await page.settle()
  expect(address()).toBe('/jobs?job=j1')
})

it('marks failed jobs until someone has seen them', async () => {
  await openRail(job({ ...failure, unseen: true }), job({ ...failure, id: 'seen' }))
  expect(titled('One job failed')).not.toBeNull()
  await become(job(failure))
  expect(titled('One job failed')).toBeNull()
})

it('says what a cancelled job leaves behind', async () => {
  await openRail(job())
  await become(job({ state: 'cancelled', endedAt: 1 }))
  expect(page.text()).toContain('Layers that had come are kept for the next one.')
})

it('leads to the job whose notification was clicked, where main notifies', async () => {
  await openRail(job())
  opened.send({ jobId: 'j1' })
  await page.settle()
  expect(address()).toBe('/jobs?job=j1')
})

const long = { state: 'succeeded' as const, startedAt: 0, endedAt: 10_000 }

it('a long job that ends behind another tab is told on the desktop, and a click leads to it', async () => {
  const shown = stubNotifications('granted')
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  await openRail(job())
  await become(job(long))
  expect(shown).toMatchObject([{ title: 'Pulled nginx:latest', options: { tag: 'j1' } }])
  expect(page.text()).not.toContain('Pulled nginx:latest')
  shown[0]?.dispatchEvent(new Event('click'))
  await page.settle()
  expect(address()).toBe('/jobs?job=j1')
})

it.each([
  ['is short', { hidden: true, wanted: true, job: { ...long, endedAt: 9_999 } }],
  ['ends before the eyes of the person', { hidden: false, wanted: true, job: long }],
  ['ends while the person wants no notifications', { hidden: true, wanted: false, job: long }],
])('a job that %s is told over the page only', async (_how, given) => {
  const shown = stubNotifications('granted')
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(given.hidden)
  await openRail(job())
  useSettings().change({ notifyJobs: given.wanted })
  await become(job(given.job))
  expect(shown).toEqual([])
  expect(page.text()).toContain('Pulled nginx:latest')
})

it('jobs are cancelled, done again and cleared by the command palette', async () => {
  await openRail(
    job({ id: 'runs' }),
    job({ ...failure, id: 'failed', subject: 'redis:7' }),
    job({ ...long, id: 'done', subject: 'mysql:9' }),
  )
  const run = async (label: string) => {
    const command = useCommandStore().commands.find((each) => each.label === label)
    if (!command) throw new Error(`There is no command "${label}".`)
    await command.run()
  }
  await run('Cancel: Pull nginx:latest')
  await run('Try again: Pull redis:7')
  await run('Do again: Pull mysql:9')
  await run('Clear ended jobs')
  expect(page.calls.filter(({ path }) => path !== 'jobs.opened')).toMatchObject([
    { path: 'jobs.cancel', input: { jobId: 'runs' } },
    { path: 'jobs.retry', input: { jobId: 'failed' } },
    { path: 'jobs.retry', input: { jobId: 'done' } },
    { path: 'jobs.dismiss' },
    { path: 'jobs.dismiss' },
  ])
  await run('Do not tell on the desktop when a long job ends')
  expect(useSettings().values.notifyJobs).toBe(false)
})
