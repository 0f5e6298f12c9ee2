import { expect, inject, onTestFinished, test } from 'vitest'
import { startPodman } from '../bed'
import { FEWEST_ROUNDS, judge } from './judge'
import { soak } from './soaking'

const bed = inject('bed')

test(
  'an app that keeps a stream, a listener and 200 KiB in each round is told to leak each of them',
  { timeout: 15 * 60_000 },
  async () => {
    const engine = await startPodman(bed.folder)
    onTestFinished(() => engine.stop())
    const { held } = await soak({
      ...{ engines: [engine], busybox: bed.busybox, ordeals: [] },
      warmUp: 2,
      goOn: ({ length }) => length < FEWEST_ROUNDS,
      leaks: ['stream', 'listener', 'memory'],
      patienceMillis: 0,
    })
    const told = judge(held).map((problem) => problem.split(':')[0])
    expect(told).toEqual(
      expect.arrayContaining(['objects, streamsToPages', 'objects, listeners', 'heap']),
    )
  },
)
