import { describe, expect, inject, test } from 'vitest'
import { metricIndex } from '../../preload/contract/stats'
import { firstOf, openClient, type Client } from '../client'
import { maker } from '../e2e/things'
import { isKnown, watchStats } from '../faults/watching'

const bed = inject('bed')
const BUSY = ['sh', '-c', "trap 'exit 0' TERM; while :; do :; done"]
/** A process in it fills more memory than it may; the kernel kills that one or, seldom, the first. */
const FILL = `head -c ${100 * 1024 * 1024} /dev/zero | tail -c ${100 * 1024 * 1024}`
const GREEDY = ['sh', '-c', `while :; do sleep 2; ${FILL}; done`]

// Docker tells also of a killed first process, whose cgroup is gone before its counter can be read.
test('a kill for want of memory is marked', async () => {
  const { run, idOf } = maker(bed.docker, bed.busybox)
  const client = await openClient({ engine: bed.docker.socket })
  const { id: engineId } = await client.engine()
  const { marks } = watchStats(client.api, engineId)
  const id = await idOf(await run(['--memory', '20m'], GREEDY))
  const [mark] = await marks(id, ['oom'], 1)
  expect(mark).toMatchObject({ kind: 'oom', kills: 1 })
})

describe.each(bed.engines)('what happened to a container of $kind', (engine) => {
  const { run, idOf } = maker(engine, bed.busybox)

  test('is kept when the app is closed and opened again, with a gap in between', async () => {
    const first = await openClient({ engine: engine.socket })
    const { id: engineId } = await first.engine()
    const id = await idOf(await run(['--cpus', '0.5'], BUSY))
    const past = async ({ stats }: Client['api']) => {
      await firstOf(stats.watch({ engineId }), ({ containers }) =>
        isKnown(containers.find((one) => one.id === id)?.values[metricIndex.cpuPercent]),
      )
      const [from, to] = [Date.now() - 60_000, Date.now()]
      const history = await stats.history({ engineId, id, from, to })
      return { ...history, marks: await firstOf(stats.marks({ engineId, id }), () => true) }
    }
    const kept = await past(first.api)
    expect(kept.marks).toMatchObject([{ kind: 'start' }])
    await first.close()

    const second = await openClient({ engine: engine.socket, dataFolder: first.dataFolder })
    await second.engine()
    const { at, metrics, marks } = await past(second.api)
    expect(at.slice(0, kept.at.length)).toEqual(kept.at)
    const charted = metrics.cpuPercent?.average ?? []
    expect(charted.slice(0, kept.at.length)).toEqual(kept.metrics.cpuPercent?.average)
    const [firstKnown, lastKnown] = [charted.findIndex(isKnown), charted.findLastIndex(isKnown)]
    expect(lastKnown).toBeGreaterThan(kept.at.length)
    expect(charted.slice(firstKnown, lastKnown)).toContain(null)
    expect(marks).toEqual(kept.marks)
  })
})
