import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { metricIndex, metrics, type Mark } from '../../../../preload/contract/stats'
import { HistoryStore, type HistoryStoreOptions } from '../../../../main/stats/history/historyStore'
import type { ContainerIdentity, Recorder } from '../../../../main/stats/history/recorder'
import { log } from '../../../../main/log'
import { ManualClock } from '../manualClock'

// What it warns of is what these tests do to it.
log.level = 'silent'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const idOf = (digit: string) => digit.repeat(64)

export function identityOf(
  digit: string,
  more: Partial<ContainerIdentity> = {},
): ContainerIdentity {
  const compose = { composeProject: null, composeService: null, composeNumber: null }
  return {
    id: idOf(digit),
    engineId: 'engine',
    name: `name-${digit}`,
    createdAt: 0,
    ...compose,
    ...more,
  }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

export async function openStore(options: HistoryStoreOptions): Promise<HistoryStore> {
  const store = new HistoryStore(options)
  await store.load()
  onTestFinished(() => store.close())
  return store
}

/** A store on a new folder, and a clock that stands at a round hour. */
export async function createStore(options: Partial<HistoryStoreOptions> = {}) {
  const folder = join(temporaryFolder(), 'history')
  const clock = new ManualClock()
  const store = await openStore({ folder, clock, flushMillis: 365 * DAY, ...options })
  return { folder, clock, store, reopen: () => openStore({ folder, clock }) }
}

/** Samples with this CPU for so long, one every `stepMillis` of the clock's. */
export async function run(
  { clock, store }: { clock: ManualClock; store: HistoryStore },
  recorder: Recorder,
  { millis, stepMillis = SECOND, cpu }: { millis: number; stepMillis?: number; cpu: number },
): Promise<void> {
  const values = new Float64Array(metrics.length).fill(Number.NaN)
  values[metricIndex.cpuPercent] = cpu
  for (let passed = 0; passed < millis; passed += stepMillis) {
    clock.jump(stepMillis)
    recorder.push(clock.wallMillis(), values)
    if (passed % (5 * MINUTE) === 0) await store.flush()
  }
}

/** What is kept of the last `millis`. */
export async function last(
  store: HistoryStore,
  clock: ManualClock,
  { digit = 'a', millis, points = 900 }: { digit?: string; millis: number; points?: number },
) {
  const to = clock.wallMillis()
  const {
    bucketMillis,
    at,
    metrics: known,
  } = await store.read({
    id: idOf(digit),
    from: to - millis,
    to,
    points,
  })
  return { bucketMillis, at, cpu: known.cpuPercent }
}

/** The marks of a container's line as they are now. */
export async function marksOf(store: HistoryStore, digit: string): Promise<Mark[]> {
  for await (const marks of store.watchMarks(idOf(digit), new AbortController().signal))
    return marks
  return []
}
