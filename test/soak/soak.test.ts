import { expect, inject, onTestFinished, test } from 'vitest'
import { startDocker, startPodman } from '../bed'
import { FEWEST_ROUNDS, judge } from './judge'
import { soak, until, type Ordeal } from './soaking'

const bed = inject('bed')
/** By hand it goes on for so long; in `npm test` as many rounds as it takes to judge. */
const MINUTES = Number(process.env['LONGSHORE_SOAK_MINUTES'] ?? 0)

const ordeals: readonly Ordeal[] = [
  async (engine, api) => {
    await engine.kill()
    await until(api, (states) => states.includes('reconnecting'))
    await engine.start()
  },
  async (engine, api) => {
    await engine.freeze()
    await until(api, (states) => states.includes('stale'))
    engine.thaw()
  },
  (engine) => engine.restart(),
]

test(
  'after containers churned, pages opened and closed and engines went away and came back, the app holds what it held',
  { timeout: (MINUTES + 30) * 60_000 },
  async () => {
    const engines = await Promise.all([startDocker(bed.folder), startPodman(bed.folder)])
    for (const engine of engines) onTestFinished(() => engine.stop())
    const end = performance.now() + MINUTES * 60_000
    const { held, warnings } = await soak({
      ...{ engines, busybox: bed.busybox, ordeals },
      warmUp: engines.length * ordeals.length,
      goOn: ({ length }) => length < FEWEST_ROUNDS || performance.now() < end,
      patienceMillis: 120_000,
    })
    expect(warnings).toEqual([])
    expect(judge(held)).toEqual([])
  },
)
