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
})
