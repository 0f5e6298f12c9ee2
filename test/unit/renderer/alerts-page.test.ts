import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { AlertRule, AlertsMessage } from '../../../preload/contract/alerts'
import AlertsIndicator from '../../../renderer/alerts/AlertsIndicator.vue'
import AlertsPage from '../../../renderer/alerts/AlertsPage.vue'
import { useAlerts } from '../../../renderer/alerts/store'
import { useCommandStore } from '../../../renderer/shell/commands'
import ToastHost from '../../../renderer/ui/ToastHost.vue'
import { draft, event, rule } from '../alerts/rules'
import { container } from './fixtures'
import {
  buttonOf,
  collectionOf,
  fieldOf,
  mountPage,
  submitForm,
  TestStream,
  typeInto,
  type Answers,
  type Page,
} from './mountPage'
import { stubNotifications } from './stubNotifications'

let page: Page
let alerts: TestStream<AlertsMessage>
let opened: TestStream<{ engineId: string; containerId: string }>
beforeEach(() => {
  alerts = new TestStream()
  opened = new TestStream()
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

const nothing: AlertsMessage = { rules: [], active: [], recent: [], notifiedBy: 'page' }

async function mountAlerts(component: unknown, answers: Answers = {}): Promise<Page> {
  return mountPage(component, {
    answers: {
      'alerts.watch': (_input, signal) => alerts.open(signal),
      'alerts.opened': (_input, signal) => opened.open(signal),
      'alerts.save': (input) => input,
      'alerts.remove': () => undefined,
      'alerts.clearRecent': () => undefined,
      ...answers,
    },
  })
}

/** What the page asked of main, without the streams. */
const asked = () => page.calls.filter(({ path }) => path !== 'alerts.opened')

describe('the alerts page', () => {
  it('begins with templates, which fill the form', async () => {
    page = await mountAlerts(AlertsPage)
    alerts.send(nothing)
    await page.settle()
    expect(page.text()).toContain('No alert rules')
    buttonOf('Memory near its limitMemory share of its limit above 90% for 1 min').click()
    await page.settle()
    expect(fieldOf('Threshold (%)').value).toBe('90')
    await submitForm(page)
    expect(asked()).toEqual([
      {
        path: 'alerts.save',
        input: draft({
          name: 'Memory near its limit',
          metric: 'memoryOfLimitPercent',
          threshold: 90,
          forSeconds: 60,
        }),
      },
    ])
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })

  it('says in words what is being written, and which containers it is about', async () => {
    page = await mountAlerts(AlertsPage, {
      'containers.watch': collectionOf(container('web-1'), container('web-2'), container('db')),
    })
    alerts.send(nothing)
    await page.settle()
    buttonOf('Add a rule').click()
    await page.settle()
    await typeInto(page, fieldOf('Container names'), 'web-*')
    expect(page.text()).toContain('CPU above 80% for 2 min, containers named web-*')
    expect(page.text()).toContain('2 containers of this engine fit now: web-1, web-2.')
    await typeInto(page, fieldOf('With the label'), 'tier')
    expect(page.text()).toContain('No container of this engine fits now.')
    await typeInto(page, fieldOf('Threshold (%)'), 'much')
    expect(page.text()).toContain('A number, 0 or more.')
    await submitForm(page)
    expect(asked()).toEqual([])
    await typeInto(page, fieldOf('Threshold (%)'), '95')
    await submitForm(page)
    expect(asked()).toMatchObject([{ input: { name: 'CPU above 95% for 2 min', label: 'tier' } }])
  })

  it('shows a refusal in the form, and keeps what was typed', async () => {
    page = await mountAlerts(AlertsPage, {
      'alerts.save': () => {
        throw new ORPCError('conflict', { message: 'There are 200 rules already.' })
      },
    })
    alerts.send({ ...nothing, rules: [rule({ name: 'Hot' })] })
    await page.settle()
    labelled('Edit Hot').click()
    await page.settle()
    await typeInto(page, fieldOf('Threshold (%)'), '95')
    await submitForm(page)
    expect(page.text()).toContain('There are 200 rules already.')
    expect(fieldOf('Threshold (%)').value).toBe('95')
  })

  it('shows each rule with its state, turns it off, and removes it with a way back', async () => {
    page = await mountAlerts(
      defineComponent(() => () => [h(AlertsPage), h(ToastHost)]),
      { 'containers.watch': collectionOf(container('web-1'), container('db')) },
    )
    const hot = rule({ name: 'Hot', container: 'web-*' })
    const off = rule({ name: 'Cold', enabled: false })
    alerts.send({ ...nothing, rules: [hot, off], active: [activeOf(hot)], recent: [event()] })
    await page.settle()
    const rows = [...document.querySelectorAll('tbody tr')].map((row) => row.textContent)
    expect(rows[0]).toMatch(/Hot.*containers named web-\*.*1.*1 active/s)
    expect(rows[1]).toMatch(/Cold.*every container.*2.*Off/s)
    expect(page.text()).toMatch(/Active now.*web-1.*93\.2%/s)

    labelled('Hot is enabled').click()
    await page.settle()
    labelled('Delete Hot').click()
    await page.settle()
    buttonOf('Undo').click()
    await page.settle()
    const { id, ...back } = hot
    expect(asked()).toEqual([
      { path: 'alerts.save', input: { ...hot, enabled: false } },
      { path: 'alerts.remove', input: { id } },
      { path: 'alerts.save', input: back },
    ])
  })

  it('leads from what happened to the charts', async () => {
    page = await mountAlerts(AlertsPage)
    const ended = event({ kind: 'ended', value: null })
    alerts.send({ ...nothing, recent: [ended, event()] })
    await page.settle()
    expect(page.text()).toMatch(/Ended.*no longer watched.*Raised.*93\.2%/s)
    document.querySelector<HTMLAnchorElement>('main a')?.click()
    await page.settle()
    expect(page.router.currentRoute.value.fullPath).toBe(`/containers/${'a'.repeat(64)}?tab=charts`)
    buttonOf('Clear').click()
    await page.settle()
    expect(asked()).toEqual([{ path: 'alerts.clearRecent', input: undefined }])
  })

  it.each([
    ['granted', 'Desktop notifications are allowed'],
    ['denied', 'The browser blocks desktop notifications'],
  ])('says in words what the browser lets it show: %s', async (permission, words) => {
    stubNotifications(permission)
    page = await mountAlerts(AlertsPage)
    alerts.send(nothing)
    await page.settle()
    expect(page.text()).toContain(words)
    expect(page.text()).not.toContain('Allow desktop notifications')
  })

  it('asks the browser when the person wants it to, and not where main notifies', async () => {
    stubNotifications('default')
    page = await mountAlerts(AlertsPage)
    alerts.send(nothing)
    await page.settle()
    buttonOf('Allow desktop notifications').click()
    await page.settle()
    expect(page.text()).toContain('Desktop notifications are allowed')
    alerts.send({ ...nothing, notifiedBy: 'main' })
    await page.settle()
    expect(page.text()).not.toContain('Desktop notifications')
  })
})

describe('an alert that is raised', () => {
  const hot = rule({ id: event().ruleId, forSeconds: 60 })
  const before = { ...nothing, rules: [hot], recent: [event({ at: 1 })] }
  const indicator = defineComponent(() => () => [h(AlertsIndicator), h(ToastHost)])
  const raised = (count: number, changes: Partial<AlertsMessage> = {}): AlertsMessage => ({
    ...before,
    active: [activeOf(hot)],
    recent: [
      ...Array.from({ length: count }, (_, index) => {
        return event({ at: 2_000, containerName: `web-${index + 1}`, containerId: `c${index + 1}` })
      }),
      ...before.recent,
    ],
    ...changes,
  })

  it('is counted in the rail and told over the page, with the way to its charts', async () => {
    page = await mountAlerts(indicator)
    alerts.send(before)
    await page.settle()
    expect(page.text()).toBe('')
    alerts.send(raised(1))
    await page.settle()
    expect(document.querySelector('[title="1 alert is active"]')).not.toBeNull()
    expect(page.text()).toContain('web-1: 93.2%, CPU above 80% for 1 min')
    buttonOf('Show charts').click()
    await page.settle()
    expect(page.router.currentRoute.value.fullPath).toBe('/containers/c1?tab=charts')
  })

  it('is told on the desktop where the browser allows it, and clicked on there', async () => {
    const shown = stubNotifications('granted')
    page = await mountAlerts(indicator)
    alerts.send(before)
    await page.settle()
    alerts.send(raised(1))
    await page.settle()
    expect(shown).toMatchObject([
      { title: 'Busy', options: { body: 'web-1: 93.2%, CPU above 80% for 1 min' } },
    ])
    expect(page.text()).not.toContain('Show charts')
    shown[0]?.dispatchEvent(new Event('click'))
    await page.settle()
    expect(page.router.currentRoute.value.fullPath).toBe('/containers/c1?tab=charts')
  })

  it('together with many others is one message', async () => {
    page = await mountAlerts(indicator)
    alerts.send(before)
    await page.settle()
    alerts.send(raised(4))
    await page.settle()
    expect(page.text()).toContain('4 alerts')
    expect(page.text()).toContain('web-1, web-2, web-3, web-4')
  })

  it('is left to main where main notifies; a click there opens the charts here', async () => {
    page = await mountAlerts(indicator)
    alerts.send({ ...before, notifiedBy: 'main' })
    await page.settle()
    alerts.send(raised(1, { notifiedBy: 'main' }))
    await page.settle()
    expect(page.text()).not.toContain('web-1')
    opened.send({ engineId: 'e1', containerId: 'c9' })
    await page.settle()
    expect(page.router.currentRoute.value.fullPath).toBe('/containers/c9?tab=charts')
  })
})

it('rules can be made and turned off by the command palette', async () => {
  page = await mountAlerts(AlertsIndicator)
  const off = rule({ name: 'Cold', enabled: false })
  alerts.send({ ...nothing, rules: [off] })
  await page.settle()
  const command = (label: string) =>
    useCommandStore()
      .commands.find((each) => each.label === label)
      ?.run()
  await command('Enable the alert rule Cold')
  expect(asked()).toEqual([{ path: 'alerts.save', input: { ...off, enabled: true } }])
  await command('New alert rule')
  expect(page.router.currentRoute.value.path).toBe('/alerts')
  expect(useAlerts().edited).toMatchObject({ metric: 'cpuPercent' })
})

function activeOf({ id }: AlertRule) {
  return {
    ruleId: id,
    engineId: 'e1',
    containerId: 'c1',
    containerName: 'web-1',
    since: 0,
    value: 93.24,
  }
}

/** The control with this name for screen readers. */
function labelled(label: string): HTMLElement {
  const found = document.querySelector(`[aria-label="${label}"]`)
  if (!(found instanceof HTMLElement)) throw new Error(`Nothing is called "${label}".`)
  return found
}
