import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import type { HealthHistory, HealthResult } from '../../../preload/contract/health'
import HealthSection from '../../../renderer/containers/health/HealthSection.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { container } from './fixtures'
import { buttonOf, mountPage, type Answers, type Page } from './mountPage'

let page: Page
afterEach(() => page.unmount())

const result = (startedAt: number, changes: Partial<HealthResult> = {}): HealthResult => ({
  startedAt,
  endedAt: startedAt + 120,
  exitCode: 0,
  output: '',
  truncated: false,
  ...changes,
})

const history = (changes: Partial<HealthHistory> = {}): HealthHistory => ({
  state: 'healthy',
  check: {
    test: ['wget', '-q', 'http://localhost/a b'],
    ...{ intervalMillis: 30_000, timeoutMillis: 5_000, startPeriodMillis: 0, retries: 3 },
  },
  failingStreak: 0,
  results: [],
  canRun: false,
  ...changes,
})

const shown = ref<Container>(container('web'))

async function open(told: HealthHistory, changes: Partial<Container> = {}, answers: Answers = {}) {
  shown.value = container('web', { health: 'healthy', ...changes })
  const whole = defineComponent(() => () => [
    h(HealthSection as never, { container: shown.value }),
    h(ToastHost as never),
  ])
  page = await mountPage(whole, { answers: { 'containers.health': () => told, ...answers } })
}

const reads = () => page.calls.filter(({ path }) => path === 'containers.health').length
const rows = () => [...document.querySelectorAll('ol > li')].map((row) => row.textContent)

describe('the health check in the overview', () => {
  it('is not there where a container has none', async () => {
    await open(history({ check: null, state: 'none' }), { health: 'none' })
    expect(page.text()).not.toContain('Health check')
  })

  it('tells the state, the command and how often it runs', async () => {
    await open(history())
    expect(page.text()).toContain('Healthy')
    expect(page.text()).toContain(`wget -q 'http://localhost/a b'`)
    expect(page.text()).toContain('every 30 s, for 5.0 s at most')
    expect(page.text()).toContain('after 3 failures in a row')
    expect(page.text()).toContain('It has not run yet.')
    expect(page.text()).not.toContain('Run now')
  })

  it('lists the last results, the newest first, and what they wrote as text only', async () => {
    const hostile = '<img src=x onerror=alert(1)>\nsecond line'
    await open(
      history({
        state: 'unhealthy',
        failingStreak: 2,
        results: [
          result(1_000),
          result(2_000, { exitCode: 1, output: hostile, truncated: true }),
          result(3_000, { exitCode: -1, endedAt: null, output: 'exceeded timeout' }),
        ],
      }),
      { health: 'unhealthy' },
    )
    expect(page.text()).toContain('Unhealthy')
    expect(page.text()).toContain('failed the last 2 times')
    const strip = document.querySelector('[role=img]')
    expect(strip?.getAttribute('aria-label')).toBe(
      'From the oldest to the newest: passed, failed, failed',
    )
    expect(strip?.children).toHaveLength(3)
    const [newest, middle, oldest] = rows()
    expect(newest).toContain('no exit code')
    expect(middle).toContain('exit code 1')
    expect(middle).toContain('120 ms')
    expect(middle).toContain('It wrote more')
    expect(oldest).toContain('passed')
    expect(document.querySelector('img')).toBeNull()
    expect(document.querySelectorAll('pre')[1]?.textContent).toBe(hostile)
    const folded = [...document.querySelectorAll('details')]
    expect(folded.map((details) => details.open)).toEqual([false, false])
  })

  it('is read anew when the container’s health changes', async () => {
    let told = history()
    await open(told, {}, { 'containers.health': () => told })
    told = history({ state: 'unhealthy', failingStreak: 3 })
    const before = reads()
    shown.value = container('web', { health: 'unhealthy' })
    await page.settle()
    expect(reads()).toBe(before + 1)
    expect(page.text()).toContain('failed the last 3 times')
  })

  it('runs at once where the engine can, and shows what came of it', async () => {
    let told = history({ canRun: true })
    const answers: Answers = {
      'containers.health': () => told,
      'containers.checkHealth': () => {
        told = history({ canRun: true, results: [result(4_000, { exitCode: 7 })] })
      },
    }
    await open(told, {}, answers)
    buttonOf('Run now').click()
    await page.settle()
    expect(rows()).toHaveLength(1)
    expect(page.text()).toContain('exit code 7')
  })

  it('tells why it could not be run', async () => {
    const refuse = () => {
      throw new ORPCError('conflict', { message: 'The check was not run.' })
    }
    await open(history({ canRun: true }), {}, { 'containers.checkHealth': refuse })
    buttonOf('Run now').click()
    await page.settle()
    expect(page.text()).toContain('The check was not run.')
    expect(buttonOf('Run now').disabled).toBe(false)
  })

  it('is not run in a container that rests', async () => {
    await open(history({ canRun: true, state: 'unhealthy', failingStreak: 3 }), { state: 'exited' })
    expect(page.text()).toContain('It does not run, and is not checked')
    expect(page.text()).not.toContain('Run now')
    expect(page.text()).not.toContain('failed the last')
  })

  it('says why it cannot be read', async () => {
    const refuse = () => {
      throw new ORPCError('engine-unreachable', { message: 'The engine does not answer.' })
    }
    await open(history(), {}, { 'containers.health': refuse })
    expect(page.text()).toContain('The engine does not answer.')
  })
})
