import { inspect } from 'node:util'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, type App } from '../../../main/app'
import type { Engine } from '../../../preload/contract/engines'
import { firstOf } from '../../client'
import { testPlatform } from '../../platform'
import { askedProcedure, type Asked } from './ask'
import { isUpkeep, wrongWith } from './engineRoutes'
import { hostileTexts } from './hostile'
import { Inputs } from './inputs'
import { everyProcedure, type AskedProcedure } from './procedures'
import { Random, seedOf } from './random'
import { recordingEngine, type RecordingEngine } from './recordingEngine'
import { fuzzSurroundings, type FuzzSurroundings } from './surroundings'

/** Stands in the name of every test; the same seed gives the same inputs. */
const SEED = Number(process.env['LONGSHORE_FUZZ_SEED'] ?? 20_261_127)
/** Of each procedure on each kind of engine: 10,000 in all. */
const INPUTS = Number(process.env['LONGSHORE_FUZZ_INPUTS'] ?? 5_000)
/** Of those, so many are let in and done: each is a few requests to the engine. */
const DONE = Number(process.env['LONGSHORE_FUZZ_DONE'] ?? 100)
/**
 * Of a procedure that takes no input. There is nothing to generate: no schema reads what comes, and no handler is
 * given it, so ten thousand calls would be the same call. These show that what comes all the same does nothing.
 */
const DONE_WITHOUT_INPUT = 20
const AT_ONCE = 20

let surroundings: FuzzSurroundings
let engine: RecordingEngine
const crashes: unknown[] = []
const note = (error: unknown) => crashes.push(error)

/**
 * Asks everything that the contract has, with an engine that writes down what it is asked. What the
 * contract's schemas refuse must be `invalid-input` and must not reach the engine; what they let in must end
 * with the contract's errors, in requests that are whole, and write nothing where it was not told to.
 */
export function fuzzContract(kind: 'docker' | 'podman'): void {
  beforeAll(async () => {
    surroundings = await fuzzSurroundings()
    engine = await recordingEngine(surroundings.socket, kind)
    process.on('unhandledRejection', note)
    process.on('uncaughtException', note)
  })
  afterAll(async () => {
    await engine.close()
    process.off('unhandledRejection', note)
    process.off('uncaughtException', note)
    await surroundings.restore()
  })

  describe(`whatever is asked, nothing breaks on ${kind} (seed ${SEED})`, () => {
    test.each(everyProcedure())('$name', { timeout: 300_000 }, async (procedure) => {
      const app = await connectedApp()
      try {
        const asked = askedProcedure(app.router, procedure.path)
        const random = new Random(seedOf(`${kind} ${procedure.name}`, SEED))
        const { refused, done } = makeInputs(procedure, app.engineId, random)
        await askRefused(asked, refused)
        await askDone(asked, done)
        expect(asked.mistakes.slice(0, 3), shown(asked.mistakes)).toEqual([])
      } finally {
        await app.close()
      }
      expect(crashes.splice(0)).toEqual([])
      expect(await surroundings.strayFiles()).toEqual([])
    })
  })
}

/** An app of its own for each procedure: what one does cannot hide what another would. */
async function connectedApp(): Promise<App & { engineId: string }> {
  const platform = testPlatform(surroundings.dataFolder)
  const app = createApp(platform, { engine: surroundings.socket, demo: false })
  const { engines } = createRouterClient(app.router)
  const leaving = new AbortController()
  const connected = ({ state }: Engine) => state === 'connected'
  const message = await firstOf(engines.watch(undefined, { signal: leaving.signal }), (told) =>
    told.engines.some(connected),
  )
  leaving.abort()
  return { ...app, engineId: message.engines.find(connected)?.id ?? '' }
}

interface MadeInputs {
  refused: unknown[]
  done: unknown[]
}

/** What the contract's own schema says of each input decides what must come of it. */
function makeInputs(
  { input: schema }: AskedProcedure,
  engineId: string,
  random: Random,
): MadeInputs {
  const { folder } = surroundings
  const inputs = new Inputs({ texts: hostileTexts(folder), folder, engineId })
  const made: MadeInputs = { refused: [], done: [] }
  if (schema === null) {
    made.done = Array.from({ length: DONE_WITHOUT_INPUT }, () => inputs.anything(random))
    return made
  }
  for (let tries = 0; made.refused.length + made.done.length < INPUTS; tries++) {
    if (tries > 20 * INPUTS) throw new Error('Too few inputs fit, or too few do not.')
    const value =
      made.done.length < DONE && random.once(3)
        ? inputs.fitting(schema, random)
        : random.once(4)
          ? inputs.anything(random)
          : inputs.spoilt(schema, random)
    if (!schema.safeParse(value).success) {
      if (made.refused.length < INPUTS - DONE) made.refused.push(value)
    } else if (made.done.length < DONE) made.done.push(value)
  }
  return made
}

async function askRefused({ askBriefly }: Asked, inputs: unknown[]): Promise<void> {
  engine.take()
  const others: unknown[] = []
  // Stacks of a million errors take most of the time.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  await inParallel(inputs, async (input) => {
    const ending = await askBriefly(input)
    if (ending !== 'invalid-input') others.push({ input, ending })
  })
  Error.stackTraceLimit = stackTraceLimit
  expect(others.slice(0, 3), shown(others)).toEqual([])
  expect(engine.take().filter((request) => !isUpkeep(request))).toEqual([])
}

async function askDone({ ask }: Asked, inputs: unknown[]): Promise<void> {
  await inParallel(inputs, ask)
  const wrong = engine.take().flatMap((request) => {
    const what = wrongWith(request)
    return what === null ? [] : [{ what, ...request }]
  })
  expect(wrong.slice(0, 3), shown(wrong)).toEqual([])
}

async function inParallel(
  inputs: unknown[],
  work: (input: unknown) => Promise<unknown>,
): Promise<void> {
  const waiting = inputs.values()
  const worker = async () => {
    for (const input of waiting) await work(input)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function shown(found: unknown[]): string {
  return `seed ${SEED}, ${found.length} found: ${inspect(found.slice(0, 3), { depth: 6, maxStringLength: 200 })}`
}
