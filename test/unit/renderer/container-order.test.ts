import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StatsTick } from '../../../preload/contract/stats'
import ContainersPage from '../../../renderer/containers/ContainersPage.vue'
import { container, figures, statsTick } from './fixtures'
import { buttonOf, collectionOf, mountPage, TestStream, type Page } from './mountPage'

let page: Page
let ticks: TestStream<StatsTick>
let second: number

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  second = 0
  // It goes on by itself too, as the page's frames need.
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + second * 1_000)
  ticks = new TestStream()
})
afterEach(() => {
  page.unmount()
  vi.restoreAllMocks()
})

async function show(...names: string[]) {
  page = await mountPage(ContainersPage, {
    answers: {
      'containers.watch': collectionOf(...names.map((name) => container(name))),
      'stats.watch': (_input, signal) => ticks.open(signal),
    },
  })
  await page.settle()
}

/** So many seconds in which the containers take this much CPU. */
async function pass(seconds: number, cpu: Record<string, number>) {
  const containers = Object.entries(cpu).map(([id, cpuPercent]) => figures(id, { cpuPercent }))
  for (let count = 0; count < seconds; count++) {
    second++
    ticks.send(statsTick(Date.now(), containers))
    await page.settle()
  }
}

async function click(header: string) {
  buttonOf(header).click()
  await page.settle()
}

const rows = () => [...document.querySelectorAll('[data-line]')]
const order = () => rows().map((row) => row.textContent.trim().charAt(0))

it('a list sorted by CPU follows every few seconds, though its numbers change each second', async () => {
  await show('a', 'b')
  await pass(1, { a: 10, b: 20 })
  await click('CPU')
  expect(order()).toEqual(['a', 'b'])
  await pass(1, { a: 30, b: 20 })
  expect(order()).toEqual(['a', 'b'])
  expect(rows()[0]?.textContent).toContain('30.0%')
  await pass(3, { a: 30, b: 20 })
  expect(order()).toEqual(['b', 'a'])
})

it('its rows stay under the pointer, until another order is asked for or it leaves', async () => {
  await show('a', 'b')
  await pass(1, { a: 10, b: 20 })
  await click('CPU')
  const grid = document.querySelector('[role=grid]')
  grid?.dispatchEvent(new Event('pointerenter'))
  await pass(6, { a: 30, b: 20 })
  expect(order()).toEqual(['a', 'b'])
  await click('CPU')
  expect(order()).toEqual(['a', 'b'])
  expect(document.querySelector('[aria-sort=descending]')?.textContent).toContain('CPU')
  await pass(6, { a: 10, b: 20 })
  expect(order()).toEqual(['a', 'b'])
  grid?.dispatchEvent(new Event('pointerleave'))
  await page.settle()
  expect(order()).toEqual(['b', 'a'])
})
