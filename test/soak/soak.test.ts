import { setTimeout as delay } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import type { Api } from '../../preload/contract'
import type { EngineState } from '../../preload/contract/engines'
import { engineCli, makeBusyboxImage, startDocker, startPodman, type Engine } from '../bed'
import { reachApp } from '../appOnPort'
import { engineOf, firstOf } from '../client'
import { startApp, type SoakedApp } from './app'
import { leastOf, moreThan, type Held } from './held'
import { slopeOf } from './slope'
import { churn, visit, type SoakedEngine } from './visits'

const bed = inject('bed')
const MINUTES = Number(process.env['LONGSHORE_SOAK_MINUTES'] ?? 3)
/** The beginning: caches fill, code is compiled, histories reach their length. */
const WARM_UP = 0.25
/**
 * The heap may grow by so much from one round to the next, by the median of all slopes; and by so much in all,
 * for caches that still fill: the longer the soak, the less that hides.
 */
const GROWTH = { bytesPerRound: 24 * 1024, bytesInAll: 1024 * 1024 }
/** How long it may take until all is quiet, milliseconds: time-outs of what an engine's end has cut off. */
const QUIET_MILLIS = 40_000
const LOOKS = 8
const LOOK_MILLIS = 150

/** What engines are made to suffer, one after the other. */
const ordeals: readonly ((engine: Engine, api: Api) => Promise<void>)[] = [
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
  { timeout: (MINUTES + 6) * 60_000 },
  async () => {
    const engines = await Promise.all([startDocker(bed.folder), startPodman(bed.folder)])
    for (const engine of engines) onTestFinished(() => engine.stop())
    const [docker, podman] = engines
    const app = await startApp(docker.socket)
    const { api, close } = reachApp(app.port)
    onTestFinished(close)
    await until(api, ([state]) => state === 'connected')
    await api.engines.add({ name: '', address: podman.socket, tls: null, ssh: null })
    const soaked = await Promise.all(engines.map((engine) => resident(api, engine)))

    const start = performance.now()
    const elapsed = () => (performance.now() - start) / 60_000
    const rounds: { held: Held; warm: boolean }[] = []
    for (
      let round = 0;
      elapsed() < MINUTES || rounds.filter(({ warm }) => warm).length < 4;
      round += 1
    ) {
      const warm = elapsed() >= MINUTES * WARM_UP
      const ordeal = ordeals[round % ordeals.length]
      const suffering = engines[Math.floor(round / ordeals.length) % engines.length]
      await Promise.all(
        soaked.map((one) =>
          visit(app.port, one, async () => {
            await churn(one)
            if (one.engine === suffering) await ordeal?.(suffering, api)
          }),
        ),
      )
      await until(api, (states) => states.every((state) => state === 'connected'))
      const held = await quiet(app, rounds.find((one) => one.warm)?.held ?? null)
      rounds.push({ held, warm })
      console.log(`round ${round} at ${elapsed().toFixed(1)} min: ${JSON.stringify(held)}`)
    }

    const measured = rounds.filter(({ warm }) => warm).map(({ held }) => held)
    const [base, last] = [measured[0], measured.at(-1)]
    const growth = slopeOf(measured.map(({ heapBytes }) => heapBytes))
    console.log(`soak: ${rounds.length} rounds, heap ${Math.round(growth / 1024)} KiB a round`)
    expect(app.warnings).toEqual([])
    expect(base && last ? moreThan(base, last) : null).toEqual([])
    expect(growth).toBeLessThanOrEqual(GROWTH.bytesPerRound + GROWTH.bytesInAll / measured.length)
  },
)

/** Resolves when the states of the app's engines fit. */
async function until(api: Api, fit: (states: EngineState[]) => boolean): Promise<void> {
  await firstOf(api.engines.watch(), ({ engines }) => fit(engines.map(({ state }) => state)))
}

/**
 * What the app holds when it has come to rest: of each thing the least that was seen in a few looks, for some come
 * and go with every beat. It is waited for until that is no more than it held at the base.
 */
async function quiet(app: SoakedApp, base: Held | null): Promise<Held> {
  const deadline = performance.now() + QUIET_MILLIS
  for (;;) {
    let least = await app.held()
    for (let look = 1; look < LOOKS; look += 1) {
      await delay(LOOK_MILLIS)
      least = leastOf(least, await app.held())
    }
    if (base === null || moreThan(base, least).length === 0 || performance.now() > deadline)
      return least
  }
}

async function resident(api: Api, engine: Engine): Promise<SoakedEngine> {
  await makeBusyboxImage(engine, bed.busybox)
  const cli = engineCli(engine)
  const script = 'while :; do date; sleep 0.2; done'
  const options = ['--detach', '--restart', 'always', '--network', 'none']
  const residentId = await cli(['run', ...options, bed.busybox, 'sh', '-c', script])
  const address = `unix://${engine.socket}`
  const { id: engineId } = await engineOf(
    api,
    ({ endpoint, state }) => endpoint === address && state === 'connected',
  )
  return { engine, engineId, busybox: bed.busybox, residentId }
}
