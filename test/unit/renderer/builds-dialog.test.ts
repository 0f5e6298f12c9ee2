import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ContextFacts } from '../../../preload/contract/builds'
import BuildDialog from '../../../renderer/builds/BuildDialog.vue'
import JobsPage from '../../../renderer/jobs/JobsPage.vue'
import { buildForm } from '../../buildFolder'
import { imageIdOf, job } from './fixtures'
import { buttonOf, collectionOf, fieldOf, mountPage, type Answers, type Page } from './mountPage'

let page: Page
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

/** What is called so for those who do not see its place. */
function labelled(label: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)
  if (!found) throw new Error(`Nothing is called "${label}".`)
  return found
}

const counted: ContextFacts = {
  files: 3,
  bytes: 2_048,
  ignored: 2,
  largest: [{ path: 'src/main.bin', bytes: 2_000 }],
  dockerfile: {
    stages: [
      { name: 'build', base: 'alpine' },
      { name: '1', base: 'build' },
    ],
    arguments: [{ name: 'VERSION', defaultValue: '1.2' }],
  },
  ignoreFile: '/app/.dockerignore',
  skipped: [],
  unreadable: [],
}

const answers = (context: Partial<ContextFacts> = {}): Answers => ({
  'builds.builder': () => ({ name: 'classic', version: '20.10.24' }),
  'builds.inspectContext': async function* () {
    await Promise.resolve()
    yield { kind: 'counted', context: { ...counted, ...context } }
  },
  'builds.start': () => ({ jobId: 'j1' }),
  'jobs.retry': () => ({ jobId: 'j2' }),
})

async function open(more: Answers = {}, initial = buildForm('/app', { tags: ['app:1'] })) {
  page = await mountPage(BuildDialog, {
    props: { open: true, initial },
    answers: { ...answers(), ...more },
  })
  await page.settle()
}

describe('the build dialog', () => {
  it('shows first what is sent, by whom it is built, and what the Dockerfile asks for', async () => {
    await open()
    for (const words of [
      '3 files, 2.0 KiB',
      '2 entries are kept out by .dockerignore',
      'src/main.bin',
      "Builds with the engine's classic builder (Docker 20.10.24)",
    ]) {
      expect(page.text()).toContain(words)
    }
    expect(labelled('VERSION').getAttribute('placeholder')).toBe('1.2')
  })

  it('warns of a large context, of files that cannot be read, and builds nothing without a Dockerfile', async () => {
    await open(answers({ bytes: 200 * 1024 ** 2, unreadable: ['secret'], dockerfile: null }))
    for (const words of [
      'This is a lot to send.',
      'would fail: secret',
      'There is no such Dockerfile.',
    ]) {
      expect(page.text()).toContain(words)
    }
    expect(buttonOf('Build')).toHaveProperty('disabled', true)
  })

  it('starts what it shows, and remembers it', async () => {
    await open()
    const version = labelled('VERSION')
    version.value = '2.0'
    version.dispatchEvent(new Event('input'))
    await page.settle()
    buttonOf('Build').click()
    await page.settle()
    const form = buildForm('/app', {
      tags: ['app:1'],
      arguments: [{ name: 'VERSION', value: '2.0' }],
    })
    expect(page.calls).toContainEqual({ path: 'builds.start', input: { engineId: 'e1', ...form } })
  })

  it('offers earlier builds: again as they were, or with changes', async () => {
    const earlier = job({
      id: 'old',
      subject: 'shop:3',
      state: 'succeeded',
      endedAt: 5,
      request: { kind: 'build', engineId: 'e1', ...buildForm('/shop', { tags: ['shop:3'] }) },
    })
    await open({ 'jobs.watch': collectionOf(earlier) })
    labelled('Edit and build shop:3').click()
    await page.settle()
    expect(fieldOf('Folder').value).toBe('/shop')
    labelled('Build shop:3 again').click()
    await page.settle()
    expect(page.calls).toContainEqual({ path: 'jobs.retry', input: { jobId: 'old' } })
  })

  it('says what is wrong with what was typed', async () => {
    await open({}, buildForm('/app', { tags: ['UPPER'], platform: 'arm' }))
    expect(page.text()).toContain('"UPPER" is not an image name.')
    expect(buttonOf('Build')).toHaveProperty('disabled', true)
  })
})

describe('a build among the jobs', () => {
  it('shows its steps by word and time, what the cache saved, and its image', async () => {
    const request = { kind: 'build' as const, engineId: 'e1', ...buildForm('/app') }
    const times = { currentBytes: 0, totalBytes: null }
    page = await mountPage(JobsPage, {
      answers: {
        'jobs.watch': collectionOf(
          job({
            id: 'first',
            request,
            state: 'failed',
            startedAt: 0,
            endedAt: 9_000,
            steps: [
              {
                id: '1/2',
                status: 'RUN make',
                phase: 'done',
                startedAt: 0,
                endedAt: 6_000,
                ...times,
              },
              {
                id: '2/2',
                status: 'RUN test',
                phase: 'failed',
                startedAt: 6_000,
                endedAt: 9_000,
                ...times,
              },
            ],
            problem: {
              code: 'engine-error',
              message: 'The build failed at: RUN test',
              engineMessage: '1 of 9 failed',
            },
          }),
          job({
            id: 'second',
            request,
            state: 'succeeded',
            startedAt: 10_000,
            endedAt: 12_000,
            steps: [
              {
                id: '1/2',
                status: 'RUN make',
                phase: 'cached',
                startedAt: 10_000,
                endedAt: 10_000,
                ...times,
              },
              {
                id: '2/2',
                status: 'RUN test',
                phase: 'done',
                startedAt: 10_000,
                endedAt: 12_000,
                ...times,
              },
            ],
            result: {
              kind: 'build',
              imageId: imageIdOf('a'),
              names: ['app:1'],
              builder: 'classic',
            },
          }),
        ),
      },
    })
    for (const toggle of document.querySelectorAll<HTMLElement>('[data-job-toggle]')) toggle.click()
    await page.settle()
    for (const words of [
      'The build failed at: RUN test',
      '1 of 9 failed',
      '2 steps, one cached, 2.0 s in all, the cache saved about 6.0 s',
      'saved 6.0 s',
      'Cached',
      'app:1, aaaaaaaaaaaa',
    ]) {
      expect(page.text()).toContain(words)
    }
  })
})
