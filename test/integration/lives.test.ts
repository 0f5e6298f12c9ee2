import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { withDeadline } from '../../main/deadline'
import type { Notify } from '../../main/platform'
import type { Container } from '../../preload/contract/containers'
import { waitFor } from '../bed'
import { itemsOf, openClient } from '../client'
import { maker, newName } from '../e2e/things'
import { endOf } from '../images'

const bed = inject('bed')

describe.each(bed.engines)('a container of $kind', (engine) => {
  const { cli, run, idOf, removeLater } = maker(engine, bed.busybox)

  test('whose end was asked for is told on the desktop, with its exit code explained', async () => {
    const { api, engineId, ended, notify, until } = await open()
    const name = await run([], ['sh', '-c', 'while [ ! -e /end ]; do sleep 0.1; done; exit 127'])
    const id = await idOf(name)
    await until(id, ({ state }) => state === 'running')
    const { jobId } = await api.containers.wait({ engineId, containerId: id })
    await cli(['exec', name, 'touch', '/end'])
    expect(await ended(jobId)).toMatchObject({
      state: 'succeeded',
      subject: name,
      result: { kind: 'wait', name, exit: { exitCode: 127, oomKilled: false, asked: false } },
    })
    await vi.waitFor(() => expect(notify).toHaveBeenCalledOnce())
    expect(notify.mock.calls[0]?.[0]).toMatchObject({
      title: `${name} has ended`,
      body: 'Exit code 127: its command was not found in the image.',
    })
    await expect(api.containers.wait({ engineId, containerId: id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('that is killed on request says so, also when it is removed at once', async () => {
    const { api, engineId, ended, until } = await open()
    const name = await run(['--rm'], ['sleep', '1000'])
    const id = await idOf(name)
    await until(id, ({ state }) => state === 'running')
    const { jobId } = await api.containers.wait({ engineId, containerId: id })
    // Podman answers that it is not there, when it was removed before the answer.
    await cli(['kill', name]).catch((error: unknown) =>
      expect(String(error)).toMatch(/no such container/),
    )
    expect((await ended(jobId)).result).toMatchObject({
      kind: 'wait',
      exit: { exitCode: 137, asked: true },
    })
  })

  test('that fails again and again is spotted, with its last lines, until it is stopped', async () => {
    const { api, engineId, until } = await open()
    const name = await run(
      ['--restart', 'always'],
      ['sh', '-c', 'echo looking; echo "no \u001b[31mconfig\u001b[0m" >&2; exit 3'],
    )
    const id = await idOf(name)
    const { restartLoop } = await until(id, (one) => one.restartLoop !== null)
    expect(restartLoop).toMatchObject({ lastExitCode: 3, gaveUp: false })
    expect(restartLoop?.restarts).toBeGreaterThanOrEqual(3)
    const lines = await api.containers.lastLines({ engineId, id, count: 20 })
    expect(lines.length).toBeGreaterThanOrEqual(2)
    const told = new Set(lines.map(({ text, stderr }) => `${stderr ? 'err' : 'out'} ${text}`))
    expect(told).toEqual(new Set(['out looking', 'err no config']))
    await until(id, ({ state }) => state === 'restarting')
    const { outcomes } = await api.containers.stop({ engineId, ids: [id] })
    expect(outcomes).toEqual([{ id, changed: true }])
    await until(id, (one) => one.state === 'exited' && one.restartLoop === null)
    const written = async () => (await cli(['logs', name])).length
    const before = await written()
    // Docker would have started it within this time, too.
    const again = () => until(id, ({ state }) => state !== 'exited')
    await expect(withDeadline(3_000, again)).rejects.toThrow('in time')
    expect(await written()).toBe(before)
  })

  test('that its engine gave up is told so', async () => {
    const { until } = await open()
    const name = await run(['--restart', 'on-failure:2'], ['sh', '-c', 'exit 1'])
    const { restartLoop } = await until(
      await idOf(name),
      // Podman says so a moment before it tells the last exit code.
      ({ restartLoop: loop }) => loop?.gaveUp === true && loop.lastExitCode === 1,
    )
    expect(restartLoop).toEqual({ restarts: 2, lastExitCode: 1, gaveUp: true })
  })

  test('tells its health check, and what came of it last', async () => {
    const { api, engineId, until } = await open()
    const name = newName()
    removeLater(name)
    const check = 'echo "checked <b>"; test -e /well'
    await cli([
      ...['run', '--detach', '--name', name, '--network', 'none'],
      ...['--health-cmd', check, '--health-interval', '1s', '--health-retries', '2'],
      ...[bed.busybox, 'sleep', '1000'],
    ])
    const id = await idOf(name)
    onTestFinished(async () => {
      await cli(['kill', name]).catch(() => undefined)
    })
    await until(id, ({ state }) => state === 'running')
    const health = () => api.containers.health({ engineId, id })
    const first = await health()
    expect(first.check).toMatchObject({
      test: check,
      intervalMillis: 1_000,
      timeoutMillis: 30_000,
      retries: 2,
    })
    // No systemd runs here, which Podman's clock is.
    const runNow = async () => {
      if (first.canRun) await api.containers.checkHealth({ engineId, id })
      return health()
    }
    expect(first.canRun).toBe(engine.kind === 'podman')
    await waitFor('the check to fail twice', async () => (await runNow()).state === 'unhealthy')
    const ill = await health()
    expect(ill.failingStreak).toBeGreaterThanOrEqual(2)
    expect(ill.results.at(-1)).toMatchObject({ exitCode: 1, output: 'checked <b>' })
    await until(id, (one) => one.health === 'unhealthy')
    await cli(['exec', name, 'touch', '/well'])
    await waitFor('the check to pass', async () => (await runNow()).state === 'healthy')
    const well = await health()
    expect(well.failingStreak).toBe(0)
    const last = well.results.at(-1)
    expect(last).toMatchObject({ exitCode: 0 })
    expect((last?.endedAt ?? 0) - (last?.startedAt ?? Infinity)).toBeGreaterThanOrEqual(0)
  })

  async function open() {
    const notify = vi.fn<Notify>()
    const client = await openClient({ engine: engine.socket, notify })
    const { api } = client
    const { id: engineId } = await client.engine()
    const until = async (id: string, fits: (container: Container) => boolean) => {
      const isIt = (one: Container) => one.id === id && fits(one)
      const all = await itemsOf(api.containers.watch({ engineId }), (items) => items.some(isIt))
      const found = all.find(isIt)
      if (!found) throw new Error('The container has gone.')
      return found
    }
    const ended = (jobId: string) => endOf(client, jobId)
    return { api, engineId, notify, until, ended }
  }
})
