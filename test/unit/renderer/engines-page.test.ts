import { afterEach, describe, expect, it } from 'vitest'
import type { EnginesMessage } from '../../../preload/contract/engines'
import EnginesPage from '../../../renderer/engines/EnginesPage.vue'
import NoEngine from '../../../renderer/engines/NoEngine.vue'
import { engine } from './fixtures'
import { buttonOf, mountPage, TestStream, type Answers, type Page } from './mountPage'

let page: Page
afterEach(() => page.unmount())

const telling = (message: Partial<EnginesMessage>): Answers => ({
  'engines.watch': (_input, signal) => {
    const stream = new TestStream<EnginesMessage>()
    stream.send({ searching: false, engines: [], attempts: [], offers: [], ...message })
    return stream.open(signal)
  },
})

describe('without an engine', () => {
  it('says what was tried, why it failed, what to do, and how to install one here', async () => {
    page = await mountPage(NoEngine, {
      answers: {
        ...telling({
          attempts: [
            {
              foundBy: 'system socket',
              endpoint: 'unix:///var/run/docker.sock',
              problem: {
                code: 'permission-denied',
                message: 'Your user may not open this socket.',
                hint: 'Join the group docker.',
              },
            },
          ],
        }),
        'application.about': () => ({
          version: '1',
          mode: 'electron',
          platform: 'darwin',
          notices: [],
        }),
        'engines.search': () => undefined,
      },
    })
    for (const part of [
      'No container engine found',
      'Your user may not open this socket.',
      'Join the group docker.',
      'brew install podman',
    ]) {
      expect(page.text()).toContain(part)
    }
    buttonOf('Search again').click()
    await page.settle()
    expect(page.calls.map(({ path }) => path)).toContain('engines.search')
  })
})

describe('the engines page', () => {
  it.each([
    ['untrusted-host', 'Host not trusted'],
    ['unauthorized', 'No permission'],
  ] as const)(
    'tells apart who is not believed and who does not let us in: %s',
    async (code, word) => {
      const refused = engine({
        state: 'unauthorized',
        problem: { code, message: 'It was refused.' },
      })
      page = await mountPage(EnginesPage, { answers: telling({ engines: [refused] }) })
      expect(page.text()).toContain(word)
      expect(page.text().match(/No permission|Host not trusted/g)).toHaveLength(1)
    },
  )

  it('shows each engine in words, and another one when told to', async () => {
    page = await mountPage(EnginesPage, {
      answers: telling({
        engines: [
          engine(),
          engine({
            id: 'e2',
            name: 'laptop',
            kind: 'podman',
            version: '5.2.0',
            rootless: true,
            state: 'reconnecting',
            statsSource: 'engine-api',
            problem: { code: 'engine-unreachable', message: 'It stopped answering.' },
          }),
        ],
      }),
    })
    for (const part of [
      'Docker 29.1.0',
      'Podman 5.2.0',
      'linux/amd64 · 4 CPUs · 8.0 GiB memory',
      'Rootless',
      'Asked from the engine',
      'Reconnecting',
      'It stopped answering.',
      'Last heard',
    ]) {
      expect(page.text()).toContain(part)
    }
    buttonOf('Show this one').click()
    await page.settle()
    expect(page.text().match(/Shown/g)).toHaveLength(1)
    expect(buttonOf('Shown').closest('article')?.textContent).toContain('laptop')
  })
})
