import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Container } from '../../../preload/contract/containers'
import type { StatsTick } from '../../../preload/contract/stats'
import { showAreas } from '../../../renderer/dashboard/areaChart'
import DashboardPage from '../../../renderer/dashboard/DashboardPage.vue'
import { container, figures, statsTick } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Answers, type Page } from './mountPage'

// There is no canvas here; what is drawn is looked at end to end.
vi.mock(import('../../../renderer/dashboard/areaChart'), () => ({
  createAreaChart: () => ({ destroy: () => {} }) as never,
  restyle: () => {},
  showAreas: vi.fn(),
}))

let page: Page
let ticks: TestStream<StatsTick>
let second: number

beforeEach(() => {
  ticks = new TestStream()
  second = 0
  // It goes on by itself too, as the page's frames need.
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + second * 1_000)
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
  vi.clearAllMocks()
})

async function show(containers: Container[], answers: Answers = {}) {
  page = await mountPage(DashboardPage, {
    answers: {
      'containers.watch': collectionOf(...containers),
      'stats.watch': (_input, signal) => ticks.open(signal),
      ...answers,
    },
  })
  await page.settle()
}

/** The next second's figures. */
async function tick(cpu: Record<string, number>, machine: Partial<StatsTick['machine']> = {}) {
  second++
  const containers = Object.entries(cpu).map(([id, cpuPercent]) => figures(id, { cpuPercent }))
  ticks.send(statsTick(Date.now(), containers, machine))
  await page.settle()
}

const ranked = () =>
  [...document.querySelectorAll('ol a')].map((link) => link.getAttribute('aria-label'))
const chartNames = () =>
  [...document.querySelectorAll('canvas')].map((canvas) => canvas.getAttribute('aria-label'))

describe('the dashboard', () => {
  it('tells how many containers run, are paused and are stopped', async () => {
    await show([
      container('a'),
      container('b', { state: 'restarting' }),
      container('c', { state: 'paused' }),
      container('d', { state: 'exited' }),
    ])
    expect(page.text()).toContain('2 running1 paused1 stopped')
  })

  it('waits for the first figures, and tells why none come', async () => {
    await show([container('a')])
    expect(page.text()).toContain('Waiting for the first figures')
    page.unmount()
    await show([container('a')], {
      'stats.watch': () => {
        throw new Error('The sampler does not start.')
      },
    })
    expect(page.text()).not.toContain('Waiting for the first figures')
    expect(document.querySelector('[role=alert]')).toBeTruthy()
  })

  it('teaches what would be seen here while nothing runs', async () => {
    await show([container('a', { state: 'exited' })])
    expect(page.text()).toContain('Nothing runs here now')
    expect(chartNames()).toEqual([])
    await tick({})
    expect(page.text()).toContain('Nothing runs here now')
    expect(chartNames()).toHaveLength(2)
    expect(buttonOf('Run sample containers')).toBeTruthy()
    buttonOf('Show the containers').click()
    await page.settle()
    expect(page.router.currentRoute.value.path).toBe('/containers')
  })

  it('shows the machine, and what containers take of it', async () => {
    await show([container('a'), container('b')])
    await tick({ a: 40, b: 20 })
    expect(chartNames()).toContain('CPU, percent of all cores: machine 50.0%, containers 15.0%.')
    expect(chartNames()).toContain('Memory: machine 4.0 GiB, containers –, of 8.0 GiB.')
  })

  it('says so where the machine cannot be read, and shows only its containers', async () => {
    await show([container('a')])
    await tick({ a: 40 }, { cpuPercent: null, memoryUsedBytes: null, memoryTotalBytes: null })
    expect(page.text()).toContain('The machine of this engine cannot be read from here')
    expect(page.text()).not.toContain('Machine')
    expect(page.text()).toContain('10.0%')
  })

  it('stacks what the compose projects take', async () => {
    await show([
      container('a', { composeProject: 'shop' }),
      container('b', { composeProject: 'shop' }),
      container('c'),
    ])
    await tick({ a: 40, b: 20, c: 5 })
    expect(chartNames()).toContain('CPU by compose project: shop 60.0%, no project 5.0%.')
    const stacked = vi.mocked(showAreas).mock.calls.findLast(([, , areas]) => areas[0]?.tops)
    expect(stacked?.[2].map(({ tops }) => tops)).toEqual([[60], [65]])
  })

  it('ranks the containers; the numbers change at once, the order calmly', async () => {
    await show([container('a'), container('b')])
    await tick({ a: 40, b: 20 })
    expect(ranked()).toEqual(['a: 40.0%. Show its charts.', 'b: 20.0%. Show its charts.'])
    await tick({ a: 10, b: 20 })
    expect(ranked()).toEqual(['a: 10.0%. Show its charts.', 'b: 20.0%. Show its charts.'])
    await tick({ a: 10, b: 20 })
    await tick({ a: 10, b: 20 })
    expect(ranked()).toEqual(['b: 20.0%. Show its charts.', 'a: 10.0%. Show its charts.'])
  })

  it('keeps the rows where they are while the pointer or the focus is on them', async () => {
    await show([container('a'), container('b')])
    await tick({ a: 40, b: 20 })
    const list = document.querySelector('ol')?.parentElement
    list?.dispatchEvent(new Event('pointerenter'))
    for (let count = 0; count < 6; count++) await tick({ a: 10, b: 20 })
    expect(ranked()[0]).toContain('a: 10.0%')
    list?.dispatchEvent(new Event('pointerleave'))
    await page.settle()
    expect(ranked()[0]).toContain('b: 20.0%')
  })

  it('leads from a ranked container to its charts, and ranks by what is asked for', async () => {
    await show([container('a'), container('b')])
    await tick({ a: 40, b: 20 })
    buttonOf('Processes').click()
    await page.settle()
    expect(page.text()).toContain('This is not known of any running container')
    document.querySelector<HTMLElement>('[data-tab=cpuPercent]')?.click()
    await page.settle()
    document.querySelector<HTMLElement>('ol a')?.click()
    await page.settle()
    expect(page.router.currentRoute.value.fullPath).toBe('/containers/a?tab=charts')
  })
})
