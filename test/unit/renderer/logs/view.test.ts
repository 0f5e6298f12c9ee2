import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settingsValues } from '../../../../preload/contract/settings'
import LogsTab from '../../../../renderer/logs/LogsTab.vue'
import { buttonOf, mountPage, typeInto, type Page } from '../mountPage'
import { FakeLog } from './fakeLog'
import { logLine } from './fixtures'

const id = 'a'.repeat(64)
let page: Page

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(360)
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

async function show(log: FakeLog): Promise<void> {
  page = await mountPage(LogsTab, {
    props: { id },
    answers: {
      'settings.read': () => settingsValues.parse({}),
      ...log.answers,
    },
  })
  await page.settle()
}

function view(): HTMLElement {
  const found = document.querySelector<HTMLElement>('[role=log]')
  if (!found) throw new Error('There is no log.')
  return found
}

/** Numbers of the lines whose rows are in view, by where the rows were put. */
function inView(): { first: number; last: number } {
  const rows = [...view().querySelectorAll<HTMLElement>('[data-place]')]
  const pushed = view().firstElementChild
  const shift =
    pushed instanceof HTMLElement ? Number(/-([\d.]+)/.exec(pushed.style.transform)?.[1] ?? 0) : 0
  const shown = rows.slice(Math.floor(shift / 18), Math.ceil((shift + 360) / 18))
  const numberOf = (row: HTMLElement | undefined) =>
    Number(/line (-?\d+)/.exec(row?.textContent ?? '')?.[1])
  return { first: numberOf(shown[0]), last: numberOf(shown.at(-1)) }
}

async function press(key: string, options: KeyboardEventInit = {}): Promise<void> {
  view().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...options }))
  await page.settle()
}

async function scroll(pixels: number): Promise<void> {
  view().dispatchEvent(new WheelEvent('wheel', { deltaY: pixels, cancelable: true }))
  await page.settle()
}

async function openMenu(label: string): Promise<void> {
  document
    .querySelector(`[aria-label="${label}"]`)
    ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await page.settle()
}

async function choose(item: string): Promise<void> {
  const items = [...document.querySelectorAll<HTMLElement>('[role^=menuitem]')]
  items.find(({ textContent }) => textContent.trim() === item)?.click()
  await page.settle()
}

const callsOf = (path: string) => page.calls.filter((call) => call.path === path)

describe('the view of a log', () => {
  it('draws what is in view of a million lines and asks for nothing else', async () => {
    await show(new FakeLog({ end: 1_000_000 }))
    expect(inView()).toEqual({ first: 999_980, last: 999_999 })
    expect(view().querySelectorAll('[data-place]').length).toBeLessThan(50)
    expect(callsOf('logs.lines')).toEqual([])
    expect(page.text()).toContain('1,000,000 lines')
  })

  it('follows, stops when the person scrolls up, counts what is new and follows again', async () => {
    const log = new FakeLog({ end: 5_000 })
    await show(log)
    log.tell({ end: 5_100 }, 100)
    await page.settle()
    expect(inView().last).toBe(5_099)
    await scroll(-180)
    expect(inView()).toEqual({ first: 5_070, last: 5_089 })
    log.tell({ end: 6_334 }, 200)
    await page.settle()
    expect(inView()).toEqual({ first: 5_070, last: 5_089 })
    expect(page.text()).toContain('Not following')
    buttonOf('1,234 new lines').click()
    await page.settle()
    expect(inView().last).toBe(6_333)
    await scroll(-18)
    await scroll(18)
    log.tell({ end: 6_340 }, 6)
    await page.settle()
    expect(inView().last).toBe(6_339)
  })

  it('takes in any number of messages once a frame, and says so to main', async () => {
    const log = new FakeLog({ end: 1_000 })
    await show(log)
    for (let end = 1_010; end <= 2_000; end += 10) log.tell({ end }, 10)
    await page.settle()
    expect(inView().last).toBe(1_999)
    expect(callsOf('logs.seen').length).toBeLessThan(5)
  })

  it('asks for what it shows where lines were not sent, in pages', async () => {
    const log = new FakeLog({ end: 10_000 })
    await show(log)
    log.tell({ end: 900_000 })
    await page.settle()
    expect(inView().last).toBe(899_999)
    expect(callsOf('logs.lines').length).toBeLessThan(3)
    await press('PageUp')
    await press('PageUp')
    expect(inView().last).toBe(899_963)
  })

  it('goes to the very first line: earlier ones are read, and then it is there', async () => {
    const log = new FakeLog({ end: 1_000, earlier: { state: 'unread' } })
    await show(log)
    await press('Home')
    expect(inView().first).toBe(0)
    expect(callsOf('logs.readEarlier')).toHaveLength(1)
    log.tell({ earlier: { state: 'reading', lines: 123_456, bytes: 5 * 1024 ** 2 } })
    await page.settle()
    expect(page.text()).toContain('123,456 so far, 5.0 MiB')
    log.tell({ earlier: { state: 'read' }, first: -700_000, view: 1 })
    await page.settle()
    expect(inView().first).toBe(-700_000)
  })

  it('stays at its line when earlier ones come in that were asked for by scrolling', async () => {
    const log = new FakeLog({ end: 1_000, earlier: { state: 'unread' } })
    await show(log)
    await press('Home')
    await scroll(180)
    log.tell({ earlier: { state: 'read' }, first: -700_000, view: 1 })
    await page.settle()
    expect(inView().first).toBe(10)
    await scroll(-360)
    expect(inView().first).toBe(-10)
  })

  it('lets the reading of earlier lines be given up', async () => {
    const log = new FakeLog({ end: 10, earlier: { state: 'reading', lines: 7, bytes: 70 } })
    await show(log)
    buttonOf('Cancel').click()
    await page.settle()
    expect(callsOf('logs.stopEarlier')).toHaveLength(1)
  })

  it('stays at its line while a filter is set, and when it is lifted', async () => {
    const log = new FakeLog({ end: 10_000 })
    await show(log)
    await scroll(-18 * 5_000)
    const { first } = inView()
    log.pass(Array.from({ length: 1_000 }, (_, index) => index * 10))
    await page.settle()
    expect(inView().first).toBe(Math.ceil(first / 10) * 10)
    const filtered = inView().first
    log.pass(null)
    await page.settle()
    expect(inView().first).toBe(filtered)
  })

  it('asks main to show some levels and streams only, and for all again', async () => {
    const log = new FakeLog({ end: 10 })
    await show(log)
    await openMenu('Filter')
    await choose('debug')
    await choose('No level told')
    await choose('Standard output')
    const last = callsOf('logs.look').at(-1)?.input
    expect(last).toMatchObject({
      filter: {
        levels: ['trace', 'info', 'warning', 'error', 'fatal'],
        withoutLevel: false,
        streams: ['stderr'],
        sources: null,
        matching: false,
      },
      pattern: null,
    })
    log.pass([])
    await page.settle()
    expect(page.text()).toContain('No line passes')
    buttonOf('Show all lines').click()
    await page.settle()
    expect(callsOf('logs.look').at(-1)?.input).toMatchObject({ filter: null })
  })

  it('copies the newest of the shown lines, without escapes, and says how many', async () => {
    await navigator.clipboard.writeText('')
    const log = new FakeLog({ end: 25_000 })
    log.lineOf = (number) => logLine(number, { text: `\x1b[31mline ${number}\x1b[0m` })
    await show(log)
    await openMenu('More for this log')
    await choose('Copy the lines shown')
    await expect.poll(() => navigator.clipboard.readText()).not.toBe('')
    const lines = (await navigator.clipboard.readText()).trimEnd().split('\n')
    expect(lines).toHaveLength(10_000)
    expect([lines[0], lines.at(-1)]).toEqual(['line 15000', 'line 24999'])
  })

  it('copies the newest of lines that are too much text together', async () => {
    await navigator.clipboard.writeText('')
    const log = new FakeLog({ end: 6_000 })
    log.lineOf = (number) => logLine(number, { text: `${number} ${'x'.repeat(4_091)}` })
    await show(log)
    await openMenu('More for this log')
    await choose('Copy the lines shown')
    await expect.poll(() => navigator.clipboard.readText()).not.toBe('')
    const lines = (await navigator.clipboard.readText()).trimEnd().split('\n')
    expect(lines).toHaveLength(4_096)
    expect(lines.at(-1)).toMatch(/^5999 /)
  })

  it('says what was let go, and goes on with what is left', async () => {
    const log = new FakeLog({ end: 1_000 })
    await show(log)
    await press('Home')
    log.tell({ first: 500, forgotten: 500, end: 1_500 }, 200)
    await page.settle()
    expect(inView().first).toBe(500)
    expect(page.text()).toContain('The 500 oldest lines were let go')
  })

  it('marks what main found, and walks on with Enter', async () => {
    const log = new FakeLog({ end: 100 })
    const found = [
      { place: 5, index: 0 },
      { place: 50, index: 1 },
    ]
    log.answers['logs.nextMatch'] = () => found.shift() ?? null
    await show(log)
    const field = document.querySelector<HTMLInputElement>('[role=searchbox]')
    if (!field) throw new Error('There is no search field.')
    await typeInto(page, field, 'line')
    await expect.poll(() => callsOf('logs.look')).toHaveLength(1)
    log.lineOf = (number) => logLine(number, { marks: [[0, 4]] })
    log.tell({ matches: { count: 100, done: true, problem: null }, view: 1 })
    await page.settle()
    expect(document.querySelectorAll('mark').length).toBeGreaterThan(20)
    expect(page.text()).toContain('100 matches')
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await page.settle()
    expect(page.text()).toContain('1 of 100')
    expect(inView().first).toBe(5)
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await page.settle()
    expect(page.text()).toContain('2 of 100')
    expect(callsOf('logs.nextMatch').map(({ input }) => input)).toEqual([
      { logId: 'log-1', from: 80, direction: 'after' },
      { logId: 'log-1', from: 6, direction: 'after' },
    ])
  })

  it('tells why a pattern cannot be searched for', async () => {
    const log = new FakeLog({ end: 10 })
    await show(log)
    const field = document.querySelector<HTMLInputElement>('[role=searchbox]')
    if (!field) throw new Error('There is no search field.')
    await typeInto(page, field, '(')
    log.tell({
      matches: { count: 0, done: true, problem: 'This is no regular expression.' },
      view: 1,
    })
    await page.settle()
    expect(document.querySelector('[role=alert]')?.textContent).toContain('no regular expression')
  })

  it('shows hostile lines as text, and JSON by its message until it is unfolded', async () => {
    const log = new FakeLog({ end: 2 })
    const hostile = '<script>alert(1)</script>\x1b]52;c;AAAA\x07\x1b[2J<img src=x>'
    const json = '{"msg":"<b>started</b>","port":80,"level":"info"}'
    log.lineOf = (number) =>
      logLine(number, number === 0 ? { text: hostile } : { text: json, json: true, level: 'info' })
    log.tell({}, 2)
    await show(log)
    expect(view().textContent).toContain('<script>alert(1)</script><img src=x>')
    expect(view().querySelector('script, img, b')).toBeNull()
    expect(view().textContent).toContain('<b>started</b> port=80')
    await press('Enter')
    expect(view().textContent).toContain('msg: "<b>started</b>"')
    expect(view().textContent).toContain('port: 80')
    await press(' ')
    expect(view().textContent).not.toContain('msg:')
  })

  it('hides what is here so far, also under a filter, and shows it again', async () => {
    const log = new FakeLog({ end: 1_000 })
    await show(log)
    await openMenu('More for this log')
    await choose('Hide the lines so far')
    expect(page.text()).toContain('Waiting for new lines')
    log.tell({ end: 1_100 }, 100)
    await page.settle()
    await press('Home')
    expect(inView().first).toBe(1_000)
    expect(callsOf('logs.readEarlier')).toEqual([])
    log.pass(Array.from({ length: 110 }, (_, index) => index * 10))
    await page.settle()
    await press('Home')
    expect(inView().first).toBe(1_000)
    buttonOf('Show them').click()
    await page.settle()
    await press('Home')
    expect(inView().first).toBe(0)
  })

  it('goes from line to line by keyboard, and lays the one out that it stands on', async () => {
    await show(new FakeLog({ end: 100 }))
    await press('k')
    await press('j')
    const current = () => document.querySelector('[data-place].outline-1')
    expect(current()?.textContent).toContain('line 81')
    await press('Enter')
    expect(current()?.className).toContain('w-(--log-width)')
    await press('Enter')
    expect(current()?.className).not.toContain('w-(--log-width)')
  })

  it('tells while the engine is away, and that the container is gone, with its lines still there', async () => {
    const log = new FakeLog({ end: 100 })
    await show(log)
    log.tell({ sources: ['reconnecting'] })
    await page.settle()
    expect(page.text()).toContain('Reconnecting…')
    log.tell({ sources: ['gone'] })
    await page.settle()
    expect(page.text()).toContain('The container was removed.')
    expect(inView().last).toBe(99)
  })

  it('teaches what a log is made of where there is none', async () => {
    await show(new FakeLog())
    expect(page.text()).toContain('standard output and standard error')
  })

  it('tells which lines came from standard error, their level, and where the engine was away', async () => {
    const log = new FakeLog({ end: 1 })
    log.lineOf = (number) => logLine(number, { stream: 'stderr', level: 'warning', resumed: true })
    log.tell({}, 1)
    await show(log)
    const text = view().textContent
    for (const word of ['err', 'warn', 'went on here', 'line 0']) expect(text).toContain(word)
  })
})
