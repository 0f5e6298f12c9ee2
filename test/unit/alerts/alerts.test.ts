import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Alerts } from '../../../main/alerts/alerts'
import { AlertsFile } from '../../../main/alerts/alertsFile'
import { log } from '../../../main/log'
import type { Notify } from '../../../main/platform'
import type { AlertsMessage } from '../../../preload/contract/alerts'
import type { Mark } from '../../../preload/contract/stats'
import { firstOf } from '../../client'
import { draft, event, row, rule } from './rules'

// What it warns of is what these tests do to it.
log.level = 'silent'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-alerts-'))
  path = join(folder, 'alerts.json')
  return () => rm(folder, { recursive: true })
})

type Notification = Parameters<Notify>[0]

/** Alerts over the file, with what they told the desktop and the charts. */
function open() {
  const notifications: Notification[] = []
  const marks: { containerId: string; mark: Mark }[] = []
  const alerts = new Alerts({
    file: new AlertsFile(path),
    notify: (notification) => void notifications.push(notification),
    mark: (_engineId, containerId, mark) => void marks.push({ containerId, mark }),
  })
  onTestFinished(() => alerts.close())
  const signal = new AbortController()
  onTestFinished(() => signal.abort())
  let at = 1_000
  return {
    alerts,
    notifications,
    marks,
    signal: signal.signal,
    until: (fits: (message: AlertsMessage) => boolean) =>
      firstOf(Promise.resolve(alerts.watch(signal.signal)), fits),
    /** One tick in which each of these has so much CPU. */
    tick: (cpuPercent: number, ...names: string[]) => {
      at += 1_000
      const containers = names.map((id) => {
        return { id, values: row({ cpuPercent }), source: 'cgroup' as const }
      })
      const machine = { cores: 2, cpuPercent: 0, memoryTotalBytes: null, memoryUsedBytes: null }
      const subjects = new Map(names.map((name) => [name, { name, labels: {} }]))
      alerts.observe('e1', { at, containers, machine }, subjects)
    },
  }
}

describe('a rule that is met', () => {
  test('is told on the desktop with its figure, marked in the chart, and kept', async () => {
    const { alerts, tick, notifications, marks, until } = open()
    const { id } = await alerts.save(draft({ forSeconds: 1 }))
    tick(93.24, 'web')
    tick(93.24, 'web')
    expect(notifications).toMatchObject([{ title: 'Busy', body: 'web: 93.2%, above 80% for 1 s' }])
    expect(marks).toEqual([
      { containerId: 'web', mark: { kind: 'alert', at: 3_000, rule: 'Busy' } },
    ])
    const { active, recent } = await until((message) => message.active.length > 0)
    expect(active).toMatchObject([{ ruleId: id, containerName: 'web', since: 3_000, value: 93.24 }])
    expect(recent).toMatchObject([{ kind: 'raised', ruleName: 'Busy', threshold: 80 }])
    await alerts.close()
    expect(await readFile(path, 'utf8')).toContain('"raised"')
  })

  test('by many containers at once is one notification', async () => {
    const { alerts, tick, notifications } = open()
    await alerts.save(draft())
    tick(99, 'a', 'b', 'c', 'd', 'e', 'f', 'g')
    expect(notifications).toMatchObject([{ title: '7 alerts', body: 'a, b, c, d, e and 2 more' }])
  })

  test('tells the pages which container was clicked on, from then on', async () => {
    const { alerts, tick, notifications, signal } = open()
    await alerts.save(draft())
    tick(99, 'before')
    notifications[0]?.onClick()
    const opened = alerts.opened(signal)
    const next = opened.next()
    tick(99, 'before', 'web')
    notifications[1]?.onClick()
    expect((await next).value).toEqual({ engineId: 'e1', containerId: 'web' })
  })

  test('is an alert also where it cannot be marked', async () => {
    const alerts = new Alerts({
      file: new AlertsFile(path),
      notify: null,
      mark: () => {
        throw new Error('no such engine')
      },
    })
    onTestFinished(() => alerts.close())
    await alerts.save(draft())
    const machine = { cores: 2, cpuPercent: 0, memoryTotalBytes: null, memoryUsedBytes: null }
    const containers = [{ id: 'a', values: row({ cpuPercent: 99 }), source: null }]
    const subjects = new Map([['a', { name: 'web', labels: {} }]])
    alerts.observe('e1', { at: 1_000, containers, machine }, subjects)
    const messages = alerts.watch(new AbortController().signal)
    expect((await messages.next()).value).toMatchObject({
      active: [{ containerName: 'web' }],
      notifiedBy: 'page',
    })
    await messages.return()
  })
})

describe('rules', () => {
  test('are there again after a restart, and what was raised then has ended', async () => {
    const first = open()
    const saved = await first.alerts.save(draft())
    first.tick(99, 'web')
    await first.alerts.close()
    const { rules, active, recent } = await open().until(() => true)
    expect(rules).toEqual([saved])
    expect(active).toEqual([])
    expect(recent.map(({ kind, value }) => [kind, value])).toEqual([
      ['ended', null],
      ['raised', 99],
    ])
  })

  test('change in their place, and are removed with their alerts', async () => {
    const { alerts, tick, until } = open()
    const one = await alerts.save(draft({ name: 'One' }))
    await alerts.save(draft({ name: 'Two' }))
    await alerts.save({ ...one, name: 'First' })
    const { rules } = await until(() => true)
    expect(rules.map(({ name }) => name)).toEqual(['First', 'Two'])
    tick(99, 'web')
    await alerts.remove(one.id)
    const after = await until(() => true)
    expect(after.rules).toHaveLength(1)
    expect(after.active).toHaveLength(1)
    expect(after.recent[0]).toMatchObject({ kind: 'ended', ruleName: 'First', value: null })
  })

  test('that are gone cannot be changed or removed', async () => {
    const { alerts } = open()
    const missing = rule()
    await expect(alerts.save(missing)).rejects.toMatchObject({ code: 'not-found' })
    await expect(alerts.remove(missing.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('are two hundred at most, however many come at once', async () => {
    const rules = Array.from({ length: 199 }, () => rule())
    await new AlertsFile(path).write({ rules, recent: [] })
    const { alerts, until } = open()
    const saved = await Promise.allSettled([alerts.save(draft()), alerts.save(draft())])
    expect(saved.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await until(() => true)).rules).toHaveLength(200)
  })

  test('stay as they are when the disk refuses a change', async () => {
    const file = new AlertsFile(path)
    const alerts = new Alerts({ file, notify: null, mark: vi.fn() })
    const kept = await alerts.save(draft())
    vi.spyOn(file, 'write').mockRejectedValue(new Error('ENOSPC'))
    await expect(alerts.save({ ...kept, threshold: 5 })).rejects.toThrow('ENOSPC')
    await expect(alerts.remove(kept.id)).rejects.toThrow('ENOSPC')
    const messages = alerts.watch(new AbortController().signal)
    expect((await messages.next()).value).toMatchObject({ rules: [kept] })
    await messages.return()
  })
})

test('the last two hundred events are kept, until they are cleared', async () => {
  const recent = Array.from({ length: 200 }, (_, at) => event({ at, kind: 'ended' }))
  await new AlertsFile(path).write({ rules: [rule()], recent })
  const { alerts, tick, until } = open()
  await until(({ rules }) => rules.length === 1)
  tick(99, 'web')
  const full = await until(({ active }) => active.length === 1)
  expect(full.recent).toHaveLength(200)
  expect(full.recent[0]).toMatchObject({ kind: 'raised', containerName: 'web' })
  await alerts.clearRecent()
  const cleared = await until(() => true)
  expect([cleared.recent.length, cleared.active.length]).toEqual([0, 1])
  expect((await new AlertsFile(path).read()).recent).toEqual([])
})
