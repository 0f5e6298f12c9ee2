import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Mark, StatsHistory, StatsTick } from '../../../preload/contract/stats'
import ComparePage from '../../../renderer/compare/ComparePage.vue'
import StatsCharts from '../../../renderer/stats/StatsCharts.vue'
import { container, figures, statsTick } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Answers, type Page } from './mountPage'

const [web, db] = ['a', 'b'].map((digit, index) =>
  container(['web', 'db'][index] ?? '', { id: digit.repeat(64) }),
)
if (!web || !db) throw new Error('There are two containers.')

const minute = 60_000
let page: Page
let ticks: TestStream<StatsTick>
/** By container. */
let marks: Map<string, TestStream<Mark[]>>
let now: number

beforeEach(() => {
  ticks = new TestStream()
  marks = new Map([web, db].map(({ id }) => [id, new TestStream()]))
  now = Math.floor(Date.now() / 1_000) * 1_000
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
  setVisibility('visible')
})

/** Ten seconds of 40% before now. */
function kept({ to }: { to: number }): StatsHistory {
  const at = Array.from({ length: 10 }, (_, index) => to - 10_000 + index * 1_000)
  const column = at.map(() => 40)
  return {
    bucketMillis: 1_000,
    at,
    metrics: { cpuPercent: { average: column, minimum: column, maximum: column } },
  }
}

const answers: Answers = {
  'containers.watch': collectionOf(web, db),
  'stats.watch': (_input, signal) => ticks.open(signal),
  'stats.history': kept,
  'stats.marks': ({ id }: { id: string }, signal) => marks.get(id)?.open(signal),
  'settings.read': () => ({ theme: 'system', engineId: null, panelWidth: 480, tables: {} }),
}

async function showCharts(own: Answers = {}) {
  page = await mountPage(StatsCharts, {
    answers: { ...answers, ...own },
    props: { container: web },
  })
  await page.settle()
}

async function tick(cpuPercent: number, source: 'cgroup' | 'engine-api' = 'cgroup') {
  now += 1_000
  const stats = [web, db].map((each) => ({ ...figures(each?.id ?? '', { cpuPercent }), source }))
  ticks.send(statsTick(now, stats))
  await page.settle()
}

function setVisibility(state: DocumentVisibilityState) {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

const summary = () =>
  document.querySelector('[data-chart=cpu]')?.getAttribute('aria-label') ?? 'no chart'
const group = () => {
  const found = document.querySelector<HTMLElement>('[role=group][tabindex]')
  if (!found) throw new Error('There are no charts.')
  return found
}
const press = async (key: string) => {
  group().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await page.settle()
}
const choose = async (range: string) => {
  const radio = document.querySelector<HTMLInputElement>(`input[aria-label="${range}"]`)
  if (!radio) throw new Error(`There is no range "${range}".`)
  radio.checked = true
  radio.dispatchEvent(new Event('change'))
  await page.settle()
}
const asked = () =>
  page.calls
    .filter(({ path }) => path === 'stats.history')
    .map(({ input }) => input as { id: string; from: number; to: number; points: number })
const lastAsked = () => {
  const { from, to } = asked().at(-1) ?? { from: 0, to: 0 }
  return { from, to, length: to - from }
}

describe('the charts tab', () => {
  it('goes on with every tick where history ended, without asking again', async () => {
    await showCharts()
    expect(summary()).toContain('CPU: now 40.0%')
    await tick(80)
    expect(summary()).toContain('now 80.0%')
    expect(summary()).toContain('peak 80.0%')
    expect(asked()).toHaveLength(1)
    expect(lastAsked().length).toBe(5 * minute)
  })

  it('misses no tick that comes while history is on its way', async () => {
    let answer: (history: StatsHistory) => void = () => {}
    await showCharts({
      'stats.history': () =>
        new Promise<StatsHistory>((resolve) => {
          answer = resolve
        }),
    })
    await tick(70)
    expect(page.text()).toContain('Reading what was kept…')
    answer(kept({ to: now - 1_000 }))
    await page.settle()
    expect(summary()).toContain('now 70.0%')
    expect(summary()).toContain('average 42.7%')
  })

  it('remembers the range, and reads what is longer than the last minutes as buckets', async () => {
    await showCharts()
    await choose('24 hours')
    expect(lastAsked().length).toBe(24 * 60 * minute)
    expect(asked().at(-1)?.points).toBeLessThan(900)
    await expect
      .poll(() => page.calls)
      .toContainEqual({ path: 'settings.change', input: { statsRange: '24h' } })
  })

  it('reads a long range anew when there is another point to see, not at every tick', async () => {
    await showCharts()
    await tick(40)
    await choose('1 hour')
    const before = asked().length
    await tick(50)
    expect(asked()).toHaveLength(before)
    now += 9_000
    await tick(60)
    expect(asked()).toHaveLength(before + 1)
    expect(lastAsked().to).toBe(now)
  })

  it('zooms and moves by keys, and comes back to live', async () => {
    await showCharts()
    await tick(40)
    await press('+')
    expect(lastAsked().length).toBe(2.5 * minute)
    const { to } = lastAsked()
    await press('ArrowLeft')
    expect(lastAsked().to).toBe(to - 0.2 * 2.5 * minute)
    await tick(99)
    expect(summary()).not.toContain('99')
    buttonOf('Back to live').click()
    await page.settle()
    expect(lastAsked()).toEqual({ from: now - 5 * minute, to: now, length: 5 * minute })
    expect(page.text()).toContain('Live')
  })

  it('zooms all charts to what is dragged over one', async () => {
    await showCharts()
    await tick(40)
    const plot = document.querySelector<HTMLElement>('.cursor-crosshair')
    if (!plot) throw new Error('There is no plot.')
    vi.spyOn(plot, 'getBoundingClientRect').mockReturnValue(new DOMRect(100, 0, 500, 100))
    plot.setPointerCapture = () => {}
    const point = (type: string, clientX: number) =>
      plot.dispatchEvent(new PointerEvent(type, { clientX, button: 0 }))
    point('pointerdown', 200)
    point('pointermove', 300)
    await page.settle()
    // One crosshair in each chart that is drawn.
    const plots = document.querySelectorAll('.cursor-crosshair').length
    expect(document.querySelectorAll('[data-crosshair]')).toHaveLength(plots)
    point('pointerup', 300)
    await page.settle()
    const span = { from: now - 4 * minute, to: now - 3 * minute, length: minute }
    expect(lastAsked()).toEqual(span)
  })

  it('says in words what happened in the time shown', async () => {
    await showCharts()
    await tick(40)
    marks.get(web.id)?.send([
      { kind: 'start', at: now - 60 * minute },
      { kind: 'oom', at: now - minute, kills: 1 },
      { kind: 'stop', at: now - minute, exitCode: 137 },
    ])
    await page.settle()
    expect(page.text()).toContain('Stopped with exit code 137')
    expect(page.text()).toContain('Out of memory')
    expect(page.text()).not.toContain('Started')
    expect(document.querySelectorAll('[data-mark]')).toHaveLength(1)
  })

  it('says where a figure has another source than the engine’s others, and what is never known', async () => {
    await showCharts()
    await tick(40)
    expect(page.text()).toContain('Not known: a container in the host’s network')
    expect(page.text()).toContain('on cgroup v2 only')
    expect(page.text()).not.toContain('through the engine’s API')
    await tick(40, 'engine-api')
    expect(page.text()).toContain('Read through the engine’s API')
  })

  it('says that nothing was measured, and why history cannot be read', async () => {
    const nothing = { bucketMillis: 1_000, at: [], metrics: {} }
    await showCharts({ 'stats.history': () => nothing })
    expect(page.text()).toContain('a container has figures while it runs')
    page.unmount()
    await showCharts({ 'stats.history': () => Promise.reject(new Error('The disk is gone.')) })
    expect(page.text()).toContain('The disk is gone.')
  })

  it('lets main rest while the page is hidden, and reads what it missed', async () => {
    let watched = 0
    await showCharts({
      'stats.watch': (_input, signal) => {
        watched++
        return ticks.open(signal)
      },
    })
    expect([watched, asked().length]).toEqual([1, 1])
    setVisibility('hidden')
    await tick(99)
    expect(summary()).toContain('now 40.0%')
    setVisibility('visible')
    await page.settle()
    expect([watched, asked().length]).toEqual([2, 2])
    expect(summary()).toContain('now 99.0%')
  })
})

describe('the compare page', () => {
  async function compare(ids: string, metric = '') {
    page = await mountPage(ComparePage, { answers })
    await page.router.replace(`/compare?ids=${ids}&metric=${metric}`)
    await page.settle()
  }
  const chart = () => document.querySelector('[data-chart=compare]')?.getAttribute('aria-label')

  it('asks for two containers at least, and takes them on the page', async () => {
    await compare(web.id)
    expect(page.text()).toContain('Choose containers to compare')
    const add = document.querySelector<HTMLSelectElement>('[aria-label="Add a container…"]')
    if (!add) throw new Error('Nothing can be added.')
    add.value = db.id
    add.dispatchEvent(new Event('change'))
    await page.settle()
    expect(page.router.currentRoute.value.query.ids).toBe(`${web.id},${db.id}`)
    expect(chart()).toContain('CPU: web now 40.0%')
    expect(chart()).toContain('db now 40.0%')
  })

  it('draws the metric of its address, and says of whom it is not known', async () => {
    await compare(`${web.id},${db.id}`, 'sentBytesPerSecond')
    expect(chart()).toContain('Network, sent')
    expect(page.text()).toContain('Not known in this time: web, db.')
  })

  it('leaves out what is taken away, and what nobody made', async () => {
    await compare(`${web.id},${db.id},nonsense`)
    expect(asked().map(({ id }) => id)).toEqual([web.id, db.id])
    document.querySelector<HTMLElement>('[aria-label="Remove web from the comparison"]')?.click()
    await page.settle()
    expect(page.router.currentRoute.value.query.ids).toBe(db.id)
  })

  it('tells whom something happened to', async () => {
    await compare(`${web.id},${db.id}`)
    await tick(40)
    for (const each of marks.values()) each.send([{ kind: 'start', at: now - 1_000 }])
    await page.settle()
    expect(page.text()).toContain('web: Started')
    expect(page.text()).toContain('db: Started')
  })
})
