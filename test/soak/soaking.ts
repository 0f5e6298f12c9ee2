import type { Api } from '../../preload/contract'
import type { EngineState } from '../../preload/contract/engines'
import { engineCli, makeBusyboxImage, type Engine } from '../bed'
import { reachApp } from '../appOnPort'
import { engineOf, firstOf } from '../client'
import { startApp, type SoakedApp } from './app'
import { leastOf, moreThan, type Held } from './held'
import type { Leak } from './leaks'
import { churn, visit, type SoakedEngine } from './visits'

/** Done to an engine while pages of it are open. */
export type Ordeal = (engine: Engine, api: Api) => Promise<void>

export interface SoakOptions {
  engines: readonly [Engine, ...Engine[]]
  /** An image that every engine can load, see `BedFacts`. */
  busybox: string
  /** Each engine suffers each of them, one in a round. */
  ordeals: readonly Ordeal[]
  /** Rounds that do not count: caches fill, code is compiled, connections are made for the first time. */
  warmUp: number
  /** Whether there is another round, by those that count. */
  goOn: (counted: readonly Held[]) => boolean
  /** What the app is made to hold on to in each round. */
  leaks?: readonly Leak[]
  /** How long is waited for things to be let go that are more than before, milliseconds. */
  patienceMillis: number
}

export interface Soaked {
  /** What the app held after each round that counts. */
  held: Held[]
  /** What Node warned of in it. */
  warnings: string[]
}

/**
 * Rounds in which containers churn, every page of every engine is opened, and an engine suffers; after each the
 * app comes to rest, and tells what it holds.
 */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const { engines, busybox, ordeals, warmUp, goOn, leaks = [], patienceMillis } = options
  const app = await startApp(engines[0].socket)
  const { api, close } = reachApp(app.port)
  try {
    await until(api, ([state]) => state === 'connected')
    for (const { socket } of engines.slice(1)) {
      await api.engines.add({ name: '', address: socket, tls: null, ssh: null })
    }
    const soaked = await Promise.all(engines.map((engine) => resident(api, engine, busybox)))
    const held: Held[] = []
    for (let round = 0; round < warmUp || goOn(held); round += 1) {
      const ordeal = ordeals[round % ordeals.length]
      const suffering = engines[Math.floor(round / ordeals.length) % engines.length]
      for (const leak of leaks) await app.leak(leak)
      await Promise.all(
        soaked.map((one) =>
          visit(app.port, one, async () => {
            await churn(one)
            if (one.engine === suffering) await ordeal?.(suffering, api)
          }),
        ),
      )
      for (const one of soaked) await sampled(api, one)
      const now = await atRest(app, held[0] ?? null, patienceMillis)
      if (round >= warmUp) held.push(now)
      console.log(`round ${round}: ${JSON.stringify(now)}`)
    }
    return { held, warnings: app.warnings }
  } finally {
    close()
  }
}

/** Resolves when the states of the app's engines fit. */
export async function until(api: Api, fit: (states: EngineState[]) => boolean): Promise<void> {
  await firstOf(api.engines.watch(), ({ engines }) => fit(engines.map(({ state }) => state)))
}

/** Makes a container on an engine that is always there, and knows the engine as the app does. */
async function resident(api: Api, engine: Engine, busybox: string): Promise<SoakedEngine> {
  await makeBusyboxImage(engine, busybox)
  const script = 'while :; do date; sleep 0.2; done'
  const options = ['--detach', '--restart', 'always', '--network', 'none']
  const residentId = await engineCli(engine)(['run', ...options, busybox, 'sh', '-c', script])
  const address = `unix://${engine.socket}`
  const { id: engineId } = await engineOf(
    api,
    ({ endpoint, state }) => endpoint === address && state === 'connected',
  )
  return { engine, engineId, busybox, residentId }
}

/** Resolves when the resident runs, again or still, and its figures are read: from then on nothing has to begin. */
async function sampled(api: Api, { engineId, residentId }: SoakedEngine): Promise<void> {
  await engineOf(api, ({ id, state }) => id === engineId && state === 'connected')
  await firstOf(api.stats.watch({ engineId }), ({ containers }) =>
    containers.some(({ id, source }) => id === residentId && source !== null),
  )
}

/** After so many looks in which nothing became less, nothing is on its way any more. */
const STEADY_LOOKS = 3

/**
 * What the app holds when it has come to rest: of each thing the least that was seen, for some come and go with every
 * beat. While that is more than it held at the base, it is waited for.
 */
async function atRest(app: SoakedApp, base: Held | null, patienceMillis: number): Promise<Held> {
  const deadline = performance.now() + patienceMillis
  let least = await app.held()
  let steady = 0
  const isMore = () => base !== null && moreThan(base, least).length > 0
  while (steady < STEADY_LOOKS || (isMore() && performance.now() < deadline)) {
    const next = leastOf(least, await app.held())
    steady = moreThan(next, least).length > 0 ? 0 : steady + 1
    least = next
  }
  return least
}
