import { randomUUID } from 'node:crypto'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { LogLine } from '../../preload/contract/logs'
import { engineCli } from '../bed'
import { openOn } from '../images'
import { openLog } from '../logs'

const bed = inject('bed')

describe.each(bed.engines)('logs on $kind', (engine) => {
  const cli = engineCli(engine)

  /** A container that runs a script; removed after the test. */
  async function run(script: string, ...options: string[]): Promise<string> {
    const name = `logs-${randomUUID().slice(0, 8)}`
    onTestFinished(async () => {
      await cli(['rm', '--force', name])
    })
    return cli(['run', '--detach', '--name', name, ...options, bed.busybox, 'sh', '-c', script])
  }

  test('a log is read with its streams and times, then followed over a restart without repeats', async () => {
    const { api, engineId } = await openOn(engine)
    const script = 'echo "out 1"; echo "err 1" >&2; trap exit TERM; while :; do sleep 0.1; done'
    const id = await run(script)
    const log = await openLog(api, { engineId, ids: [id] })
    const texts = (stream: LogLine['stream']) =>
      log.lines.filter((line) => line.stream === stream).map(({ text }) => text)
    await expect.poll(() => texts('stdout')).toEqual(['out 1'])
    await expect.poll(() => texts('stderr')).toEqual(['err 1'])
    expect(log.lines[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT.*\dZ$/)
    expect(log.state().sources).toEqual(['following'])
    await api.containers.restart({ engineId, ids: [id] })
    await expect.poll(() => texts('stdout')).toEqual(['out 1', 'out 1'])
    await expect.poll(() => texts('stderr')).toEqual(['err 1', 'err 1'])
    expect(log.lines.some(({ resumed }) => resumed)).toBe(false)
    await api.containers.remove({ engineId, ids: [id], force: true })
    await expect.poll(() => log.state().sources).toEqual(['gone'])
    expect(texts('stdout')).toEqual(['out 1', 'out 1'])
  })

  test('what is before the last lines is read on demand: joined without a gap, from the first line on', async () => {
    const { api, engineId } = await openOn(engine)
    // Many lines share a second, and the two streams take turns.
    const script =
      'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "out $i"; echo "err $i" >&2; done'
    const id = await run(script)
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id], tail: 150 })
    expect(log.state()).toMatchObject({ first: 0, end: 150, earlier: { state: 'unread' } })
    await api.logs.readEarlier({ logId: log.logId })
    const { first, view } = await log.until(({ earlier }) => earlier.state === 'read')
    expect([first, view]).toEqual([150 - 6_000, 1])
    const all = await log.read(first, 150)
    expect(all.map(({ number }) => number)).toEqual(range(first, 150))
    for (const stream of ['stdout', 'stderr'] as const) {
      const texts = all.filter((line) => line.stream === stream).map(({ text }) => text)
      expect(texts).toEqual(range(1, 3_001).map((at) => `${stream.slice(3)} ${at}`))
    }
  })

  test('a log that is shorter than what was asked for has nothing before it', async () => {
    const { api, engineId } = await openOn(engine)
    const id = await run('echo one; echo two')
    await cli(['wait', id])
    const log = await openLog(api, { engineId, ids: [id], follow: false })
    expect(log.lines.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(log.state()).toMatchObject({ earlier: { state: 'read' }, sources: ['ended'] })
  })

  test('lines are filtered by level and stream, and a pattern is counted and walked', async () => {
    const { api, engineId } = await openOn(engine)
    const script = `i=0; while [ $i -lt 1000 ]; do i=$((i+1))
      echo "INFO: request $i"; [ $((i % 10)) = 0 ] && echo "ERROR: failed $i" >&2; done; sleep 1000`
    const id = await run(script)
    const log = await openLog(api, { engineId, ids: [id], tail: 10_000 })
    await log.until(({ end }) => end === 1_100)
    const look = { logId: log.logId, filter: null, pattern: null }
    await api.logs.look({ ...look, filter: { levels: ['error'], withoutLevel: false } })
    await log.until(({ filtered }) => filtered?.done === true)
    expect(log.state().filtered).toEqual({ first: 0, count: 100, done: true })
    const errors = await log.read(0, 100)
    expect(errors.map(({ text }) => text)).toEqual(
      range(1, 101).map((at) => `ERROR: failed ${at}0`),
    )
    await api.logs.look({
      ...look,
      filter: { streams: ['stdout'] },
      pattern: { text: '[1-3]00$', regex: true },
    })
    const { matches } = await log.until((state) => state.view === 2 && state.matches?.done === true)
    expect(matches).toEqual({ count: 3, done: true, problem: null })
    const next = (from: number, direction: 'before' | 'after' = 'after') =>
      api.logs.nextMatch({ logId: log.logId, from, direction })
    expect(await next(0)).toEqual({ place: 99, index: 0 })
    expect(await next(100)).toEqual({ place: 199, index: 1 })
    expect(await next(300)).toEqual({ place: 99, index: 0 })
    expect(await next(98, 'before')).toEqual({ place: 299, index: 2 })
    const [marked] = await log.read(99, 100)
    expect(marked).toMatchObject({ text: 'INFO: request 100', level: 'info', marks: [[14, 17]] })
  })
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}
