import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Notify } from '../../main/platform'
import { engineCli } from '../bed'
import { firstOf, openClient, type Client } from '../client'

const bed = inject('bed')
const BURN = 'while :; do :; done'

describe.each(bed.engines)('an alert rule on $kind', (engine) => {
  const cli = engineCli(engine)

  test('tells, marks and lists the container that meets it, and outlives the app', async () => {
    const told: Parameters<Notify>[0][] = []
    const notify: Notify = (notification) => void told.push(notification)
    const first = await openClient({ engine: engine.socket, notify })
    const { api } = first
    const { id: engineId } = await first.engine()
    lookAtStats(first.api, engineId)
    const rule = await api.alerts.save({
      name: 'At its limit',
      metric: 'cpuOfLimitPercent',
      comparison: 'above',
      threshold: 60,
      forSeconds: 2,
      container: 'alert-*',
      label: 'tier=fr*',
      enabled: true,
    })
    const id = await run('alert-burn', ['--label', 'tier=front'], BURN)
    await run('alert-calm', ['--label', 'tier=front'], 'sleep 1000')
    await run('alert-other', ['--label', 'tier=back'], BURN)

    const { active, notifiedBy } = await firstOf(
      api.alerts.watch(),
      (message) => message.active.length > 0,
    )
    expect(active).toMatchObject([
      { ruleId: rule.id, engineId, containerId: id, containerName: 'alert-burn' },
    ])
    expect(active[0]?.value).toBeGreaterThan(60)
    expect(notifiedBy).toBe('main')
    const marks = await firstOf(api.stats.marks({ engineId, id }), (all) =>
      all.some(({ kind }) => kind === 'alert'),
    )
    expect(marks).toContainEqual({ kind: 'alert', at: active[0]?.since, rule: 'At its limit' })

    const opened = firstOf(api.alerts.opened(), () => true)
    await expect.poll(() => told.length).toBe(1)
    expect(told[0]).toMatchObject({
      title: 'At its limit',
      body: expect.stringMatching(/^alert-burn: [\d.]+%, above 60% for 2 s$/) as string,
    })
    // The stream is open once main has taken up what was asked before this.
    await firstOf(api.alerts.watch(), () => true)
    told[0]?.onClick()
    expect(await opened).toEqual({ engineId, containerId: id })

    await cli(['kill', 'alert-burn'])
    const { recent } = await firstOf(api.alerts.watch(), (message) => message.active.length === 0)
    expect(recent.map(({ kind, containerName }) => `${containerName} ${kind}`)).toEqual([
      'alert-burn ended',
      'alert-burn raised',
    ])

    await first.close()
    const again = await openClient({ engine: engine.socket, dataFolder: first.dataFolder })
    const kept = await firstOf(again.api.alerts.watch(), () => true)
    expect(kept).toEqual({ rules: [rule], active: [], recent, notifiedBy: 'page' })
    await again.engine()
    lookAtStats(again.api, engineId)
    await cli(['start', 'alert-burn'])
    await firstOf(again.api.alerts.watch(), (message) => message.active.length === 1)
  })

  test('is refused in words when it makes no sense', async () => {
    const { api } = await openClient({ engine: engine.socket })
    const refused = api.alerts.save({
      name: ' ',
      metric: 'cpuPercent',
      comparison: 'above',
      threshold: -1,
      forSeconds: 0,
      container: '',
      label: '=front',
      enabled: true,
    })
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      data: { hint: expect.stringMatching(/name: .*threshold: .*label: /) as string },
    })
  })

  /** As a page does: ticks come every second then, and not every ten. */
  function lookAtStats(api: Client['api'], engineId: string): void {
    const end = new AbortController()
    onTestFinished(() => end.abort())
    // It ends with the app.
    firstOf(api.stats.watch({ engineId }, { signal: end.signal }), () => false).catch(
      () => undefined,
    )
  }

  async function run(name: string, options: string[], program: string): Promise<string> {
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    const limit = ['--cpus', '0.3', '--network', 'none']
    const command = [bed.busybox, 'sh', '-c', program]
    return cli(['run', '--detach', '--name', name, ...limit, ...options, ...command])
  }
})
