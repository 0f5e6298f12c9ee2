import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { metrics, type StatsTick } from '../../../preload/contract/stats'
import LimitsDialog from '../../../renderer/containers/limits/LimitsDialog.vue'
import LimitsSection from '../../../renderer/containers/limits/LimitsSection.vue'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { containerLimits, MIB } from '../containers/containerLimits'
import { container } from './fixtures'
import {
  buttonOf,
  fieldOf,
  mountPage,
  submitForm,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'

let page: Page
let ticks: TestStream<StatsTick>
afterEach(() => page.unmount())

/** The overview's limits with the dialog, which is opened. */
async function openDialog(answers: Answers = {}): Promise<void> {
  ticks = new TestStream()
  const whole = defineComponent(() => () => [
    h(LimitsSection as never, { container: container('web-1', { memoryLimitBytes: 1_024 }) }),
    h(LimitsDialog as never),
    h(ToastHost as never),
  ])
  page = await mountPage(whole, {
    answers: {
      'stats.watch': (_input, signal) => ticks.open(signal),
      'containers.limits': () => containerLimits(),
      'containers.update': () => ({ warnings: [] }),
      ...answers,
    },
  })
  buttonOf('Change…').click()
  await page.settle()
}

const limitsAre = (changes: Parameters<typeof containerLimits>[0]): Answers => ({
  'containers.limits': () => containerLimits(changes),
})
const updates = () => page.calls.filter(({ path }) => path === 'containers.update')
const reads = () => page.calls.filter(({ path }) => path === 'containers.limits').length
const dialog = () => document.querySelector('[role=dialog]')
const policy = () => {
  const select = document.querySelector('select')
  if (!select) throw new Error('There is no restart policy.')
  return select
}
const choosePolicy = async (name: string) => {
  policy().value = name
  policy().dispatchEvent(new Event('change'))
  await page.settle()
}
/** What a field is described by. */
const noteOf = (label: string) =>
  document.getElementById(`${fieldOf(label).id}-note`)?.textContent.trim()

function usingNow(values: Partial<Record<(typeof metrics)[number], number>>): StatsTick {
  const row = metrics.map((metric) => values[metric] ?? null)
  return {
    at: 1,
    containers: [{ id: 'web-1', values: row, source: 'cgroup' }],
    machine: { cores: 4, cpuPercent: null, memoryTotalBytes: null, memoryUsedBytes: null },
  }
}

describe('the dialog of limits', () => {
  it('begins with what is in force and what is used, in the first field', async () => {
    await openDialog()
    expect(dialog()?.textContent).toContain('Limits of web-1')
    expect(document.activeElement).toBe(fieldOf('CPU cores'))
    expect(fieldOf('CPU cores').value).toBe('0.5')
    expect(fieldOf('Memory').value).toBe('64 MiB')
    expect(fieldOf('Processes and threads').value).toBe('')
    expect(noteOf('CPU cores')).toBe('of 4 cores, uses 0.31 now')
    expect(noteOf('Memory')).toBe('of 8.0 GiB, uses 20.0 MiB now')
    expect(noteOf('Processes and threads')).toBe('It has 3 now')
    expect(buttonOf('Apply').disabled).toBe(true)
    expect(dialog()?.textContent).not.toContain('forgets')
  })

  it('tells what is used meanwhile, and judges by that', async () => {
    await openDialog()
    const cpu = { cpuPercent: 44, memoryBytes: 40 * MIB, memoryAnonymousBytes: 30 * MIB }
    ticks.send(usingNow({ ...cpu, processes: 5 }))
    await page.settle()
    expect(noteOf('CPU cores')).toBe('of 4 cores, uses 0.44 now')
    await typeInto(page, fieldOf('Memory'), '20m')
    expect(noteOf('Memory')).toBe('It holds 30 MiB that it cannot give back')
    expect(buttonOf('Apply').disabled).toBe(true)
    ticks.send(usingNow({ ...cpu, memoryAnonymousBytes: 31 * MIB }))
    await page.settle()
    expect(noteOf('Memory')).toBe('It holds 30 MiB that it cannot give back')
  })

  it('sends only what changes, tells it, and takes it back', async () => {
    await openDialog()
    await typeInto(page, fieldOf('CPU cores'), '1.5')
    await typeInto(page, fieldOf('Memory'), '')
    await choosePolicy('on-failure')
    await typeInto(page, fieldOf('Retries at most'), '3')
    const readBefore = reads()
    await submitForm(page)
    expect(dialog()).toBeNull()
    expect(page.text()).toContain(
      'web-1: 1.5 cores, no memory limit, restart policy “When it fails”.',
    )
    expect(reads()).toBe(readBefore + 1)
    buttonOf('Undo').click()
    await page.settle()
    expect(page.text()).toContain('The limits of web-1 are as they were.')
    const to = { engineId: 'e1', id: 'web-1' }
    const restart = { name: 'on-failure', maximumRetries: 3 }
    expect(updates().map(({ input }) => input)).toEqual([
      { ...to, changes: { cpu: 1.5, memory: null, restart } },
      {
        ...to,
        changes: { cpu: 0.5, memory: 64 * MIB, restart: { name: 'no', maximumRetries: 0 } },
      },
    ])
  })

  it('passes on what the engine warns of', async () => {
    await openDialog({ 'containers.update': () => ({ warnings: ['No swap limit here.'] }) })
    await typeInto(page, fieldOf('Processes and threads'), '20')
    await submitForm(page)
    expect(page.text()).toContain('web-1: 20 processes at most.')
    expect(page.text()).toContain('No swap limit here.')
  })

  it('blocks what would be refused, and warns of what may not be meant', async () => {
    await openDialog()
    await typeInto(page, fieldOf('CPU cores'), '8')
    expect(noteOf('CPU cores')).toBe('The machine has 4 cores')
    await submitForm(page)
    expect(updates()).toEqual([])
    await typeInto(page, fieldOf('CPU cores'), 'much')
    expect(noteOf('CPU cores')).toBe('A number of cores: 0.5 or 2')
    expect(buttonOf('Apply').disabled).toBe(true)
    await typeInto(page, fieldOf('CPU cores'), '0.2')
    expect(noteOf('CPU cores')).toBe('It uses 0.31 cores now and will be slowed down')
    expect(fieldOf('CPU cores').getAttribute('aria-invalid')).toBeNull()
    await submitForm(page)
    expect(updates()).toHaveLength(1)
  })

  it('finds a reservation that a lower limit makes too high', async () => {
    await openDialog(limitsAre({ limits: { ...containerLimits().limits, reservation: 50 * MIB } }))
    await typeInto(page, fieldOf('Memory'), '32m')
    expect(noteOf('Memory reservation')).toBe('Above the memory limit of 32 MiB')
    await typeInto(page, fieldOf('Memory reservation'), '')
    expect(buttonOf('Apply').disabled).toBe(false)
  })

  it('says what comes where an engine takes no limit away', async () => {
    await openDialog(limitsAre({ unremovable: ['cpu', 'memory'] }))
    await typeInto(page, fieldOf('CPU cores'), '')
    await typeInto(page, fieldOf('Memory'), '')
    expect(noteOf('CPU cores')).toBe('Docker takes no limit away: it is set to all 4 cores')
    expect(noteOf('Memory')).toBe('Docker takes no limit away: it is set to all 8.0 GiB')
    await submitForm(page)
    expect(page.text()).toContain('web-1: 4 cores, no memory limit.')
  })

  it('shows what an engine cannot change, why, and what it forgets', async () => {
    const since = 'Podman 5.1'
    await openDialog(
      limitsAre({
        lasting: false,
        unchangeable: [
          { field: 'restart', reason: 'engine-too-old', since },
          { field: 'cpu', reason: 'not-running', since },
        ],
      }),
    )
    expect(policy().disabled).toBe(true)
    expect(fieldOf('CPU cores').disabled).toBe(true)
    expect(document.activeElement).toBe(fieldOf('Processes and threads'))
    expect(noteOf('CPU cores')).toBe('Can be changed while it runs, or with Podman 5.1')
    expect(dialog()?.textContent).toContain('Needs Podman 5.1')
    expect(dialog()?.textContent).toContain(
      'Docker 29.1.0 forgets these changes when the container restarts.',
    )
  })

  it('offers no restart to a container that is removed when it ends', async () => {
    await openDialog(limitsAre({ autoRemove: true }))
    await choosePolicy('always')
    expect(dialog()?.textContent).toContain('It is removed when it ends')
    expect(buttonOf('Apply').disabled).toBe(true)
  })

  it('keeps what was typed when the engine refuses', async () => {
    await openDialog({
      'containers.update': () => {
        throw new ORPCError('conflict', { message: 'It holds more memory than that.' })
      },
    })
    await typeInto(page, fieldOf('Memory'), '32m')
    await submitForm(page)
    expect(dialog()?.textContent).toContain('It holds more memory than that.')
    expect(fieldOf('Memory').value).toBe('32m')
    expect(buttonOf('Apply').disabled).toBe(false)
  })

  it('that cannot read the limits says so, and tries again', async () => {
    let isThere = false
    await openDialog({
      'containers.limits': () => {
        if (isThere) return containerLimits()
        throw new ORPCError('engine-unreachable', { message: 'The engine does not answer.' })
      },
    })
    expect(dialog()?.textContent).toContain('The engine does not answer.')
    // Until they can be read, the overview has what the list knows.
    expect(page.text()).toContain('1 KiB')
    isThere = true
    buttonOf('Try again').click()
    await page.settle()
    expect(fieldOf('Memory').value).toBe('64 MiB')
  })

  it('shows that it reads them', async () => {
    await openDialog({ 'containers.limits': () => new Promise(() => {}) })
    expect(dialog()?.querySelector('[role=status]')?.textContent).toContain('Reading the limits…')
  })
})
