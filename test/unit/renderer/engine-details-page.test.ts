import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { DiskUsageMessage, KindUsage } from '../../../preload/contract/diskUsage'
import type { EnginesMessage } from '../../../preload/contract/engines'
import type { EngineReport } from '../../../preload/contract/engineFacts'
import { dockerFacts } from '../../../main/engines/dialect/dockerFacts'
import { maskFacts, rawText } from '../../../main/engines/facts/masked'
import EngineDetailsPage from '../../../renderer/engines/details/EngineDetailsPage.vue'
import { useCommandStore } from '../../../renderer/shell/commands'
import { engine, image, imageIdOf } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Answers, type Page } from './mountPage'

let page: Page
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

const recorded = z.record(z.string(), z.unknown())
async function report(changes: object = {}): Promise<EngineReport> {
  const file = resolve('test/unit/engines/answers/docker-29.json')
  const answers = recorded.parse(JSON.parse(await readFile(file, 'utf8')))
  const changed = { ...answers, info: { ...recorded.parse(answers.info), ...changes } }
  return {
    askedAt: Date.now(),
    facts: maskFacts(dockerFacts.read(changed)),
    rawJson: rawText(changed, false),
  }
}

/** The list of engines, of which the test sends more. */
function enginesOf(...engines: EnginesMessage['engines']) {
  const stream = new TestStream<EnginesMessage>()
  const send = (...all: EnginesMessage['engines']) =>
    stream.send({ searching: false, engines: all, attempts: [], offers: [] })
  send(...engines)
  const answers: Answers = { 'engines.watch': (_input, signal) => stream.open(signal) }
  return { send, answers }
}

async function open(answers: Answers, id = 'e1') {
  page = await mountPage(EngineDetailsPage, { answers, props: { id } })
  await page.settle()
}

const usage = (kind: KindUsage['kind'], changes: Partial<KindUsage> = {}): KindUsage => ({
  ...{ kind, count: 3, active: 1, bytes: 3 * 1024 ** 2, bytesAtMost: false },
  ...{ reclaimableBytes: 1024 ** 2, reclaimableAtLeast: false, unmeasured: 0, biggest: [] },
  ...changes,
})

describe('the facts of an engine', () => {
  it('are shown in groups, with what they mean, and "Not told" for what it leaves out', async () => {
    const told = await report({ CgroupDriver: undefined })
    await open({ 'engines.facts': () => told })
    for (const part of [
      'Facts of harbour',
      'Docker 29.1.0',
      'Connected',
      'containerdv2.2.5',
      'GitCommit 8ec5ab3',
      '1.55, from 1.40 on',
      'overlayfs',
      'driver-type: io.containerd.snapshotter.v1',
      '/var/lib/docker',
      'Its disk is the one that fills up.',
      'builtin',
      '1: 1 running, 0 paused, 0 stopped',
      'It gives no warnings.',
    ]) {
      expect(page.text()).toContain(part)
    }
    expect(page.text()).toMatch(/Driver\s*Not told/)
  })

  it('come with warnings word for word, and with what to do where that is known', async () => {
    const told = await report({
      Warnings: ['WARNING: No swap limit support', 'WARNING: something nobody has seen'],
    })
    await open({ 'engines.facts': () => told })
    expect(page.text()).toContain('WARNING: No swap limit support')
    expect(page.text()).toContain('swapaccount=1')
    expect(page.text()).toContain('WARNING: something nobody has seen')
  })

  it('are copied as text, without secrets', async () => {
    const told = await report({
      HttpProxy: 'http://me:hidden@proxy:3128',
      Labels: ['zone=a', 'token=hidden'],
    })
    await open({ 'engines.facts': () => told })
    await navigator.clipboard.writeText('')
    buttonOf('Copy facts').click()
    await expect.poll(() => navigator.clipboard.readText()).not.toBe('')
    const copied = await navigator.clipboard.readText()
    expect(copied).toMatch(/^harbour, Docker 29.1.0\nAddress: unix:\/\/\/var\/run\/docker.sock\n/)
    expect(copied).toContain('\n  Storage driver: overlayfs (driver-type: io.containerd')
    expect(copied).toContain('zone=a')
    expect(copied).toMatch(/\nWarnings of the engine\n {2}None\n$/)
    expect(copied).not.toContain('hidden')
  })

  it('stay with their age when the engine goes, beside what is wrong', async () => {
    const engines = enginesOf(engine())
    const told = await report()
    await open({ ...engines.answers, 'engines.facts': () => told })
    engines.send(
      engine({
        state: 'reconnecting',
        problem: { code: 'engine-unreachable', message: 'It stopped answering.' },
      }),
    )
    await page.settle()
    expect(page.text()).toContain('It stopped answering.')
    expect(page.text()).toMatch(/not connected\. This is what it said \d+ s ago/)
    expect(page.text()).toContain('overlayfs')
  })

  it('are not there before an engine has answered, which is said, and asked for when it does', async () => {
    const engines = enginesOf(engine({ state: 'connecting' }))
    const told = await report()
    await open({ ...engines.answers, 'engines.facts': () => told })
    expect(page.text()).toContain('It has not said anything yet.')
    expect(page.calls).toEqual([])
    engines.send(engine())
    await page.settle()
    expect(page.text()).toContain('overlayfs')
  })

  it('of an engine that is not known are not looked for', async () => {
    await open({}, 'gone')
    expect(page.text()).toContain('This engine is not known here')
  })

  it('can be asked for again and copied from the palette', async () => {
    const told = await report()
    await open({ 'engines.facts': () => told })
    const labels = useCommandStore().commands.map(({ label }) => label)
    expect(labels).toEqual([
      'Copy facts',
      'Engine facts: ask again',
      'Engine facts: measure the disk',
    ])
    useCommandStore().commands[1]?.run()
    await page.settle()
    expect(page.calls.filter(({ path }) => path === 'engines.facts')).toHaveLength(2)
  })
})

describe('the disk usage of an engine', () => {
  async function openDisk() {
    const told = await report()
    const stream = new TestStream<DiskUsageMessage>()
    let ended = 0
    await open({
      'engines.facts': () => told,
      'images.watch': collectionOf(image({ id: imageIdOf('a') })),
      'engines.diskUsage': (_input, signal) => {
        signal.addEventListener('abort', () => (ended += 1))
        return stream.open(signal)
      },
    })
    await page.router.push('/engines/e1?tab=disk')
    await page.settle()
    return { stream, ended: () => ended }
  }

  it('is not asked for before a person wants it', async () => {
    await openDisk()
    expect(page.text()).toContain('so it is only done when you ask')
    expect(page.calls.map(({ path }) => path)).not.toContain('engines.diskUsage')
  })

  it('says what is being counted, then what there is and what can be freed', async () => {
    const { stream } = await openDisk()
    buttonOf('Measure').click()
    stream.send({
      ...{ kind: 'counting', now: ['images'], later: ['containers', 'volumes'], since: 0 },
    })
    await page.settle()
    expect(page.text()).toMatch(/Counting images for \d.*, then containers, volumes/)
    const big = { id: imageIdOf('a'), name: 'nginx:latest', bytes: 1024 ** 2, active: true }
    stream.send({
      kind: 'counted',
      usages: [
        usage('images', {
          reclaimableAtLeast: true,
          biggest: [
            { ...big, reclaimableBytes: 0 },
            { ...big, id: imageIdOf('b'), name: '', reclaimableBytes: 0 },
          ],
        }),
        usage('volumes', { unmeasured: 2, reclaimableBytes: 0 }),
      ],
    })
    stream.send({ kind: 'measured', measuredAt: Date.now() })
    await page.settle()
    for (const part of [
      'Together 6.0 MiB',
      'Measured 0 s ago',
      '3, 1 in use',
      'at least 1.0 MiB can be freed',
      'Nothing can be freed',
      '2 have no size that the engine knows',
    ]) {
      expect(page.text()).toContain(part)
    }
    // An image that only builds have stands in no list.
    expect(page.text()).toContain('No name (bbbbbbbbbbbb)')
    const links = [...document.querySelectorAll('ol a')]
    expect(links.map(({ textContent }) => textContent.trim())).toEqual(['nginx:latest'])
    expect(links[0]?.getAttribute('href')).toBe(`/images/${encodeURIComponent(imageIdOf('a'))}`)

    buttonOf('Prune images…').click()
    await page.settle()
    expect(page.router.currentRoute.value.path).toBe('/images')
  })

  it('ends by Cancel, and what was measured before stays', async () => {
    const { stream, ended } = await openDisk()
    buttonOf('Measure').click()
    stream.send({ kind: 'counting', now: ['images'], later: [], since: 0 })
    await page.settle()
    buttonOf('Cancel').click()
    await page.settle()
    expect(ended()).toBe(1)
    expect(buttonOf('Measure')).toBeTruthy()
  })

  it('ends when the page is left', async () => {
    const { stream, ended } = await openDisk()
    buttonOf('Measure').click()
    stream.send({ kind: 'counting', now: ['images'], later: [], since: 0 })
    await page.settle()
    page.unmount()
    expect(ended()).toBe(1)
    await open({ 'engines.facts': () => report() })
  })
})
