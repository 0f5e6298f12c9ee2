import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { inParallel } from '../../main/inParallel'
import { engineCli } from '../bed'
import { engineRequest } from '../bed/api'
import { useBrowser, useLongshore } from '../e2e/browser'
import { watchRenamings, type Renaming } from './list/events'
import { drawAllRows, scroll, watchTexts } from './list/page'
import { describeMachine } from './machine'
import { quantile } from './quantile'
import { figure, table, writeResults } from './results'

const COUNT = 1_000
/** Created at once; more only wait for each other in the engine. */
const AT_ONCE = 4
const EVENTS = 100
const OPENINGS = 5
const SCROLLING = { frames: 240, step: 160 }
/** Above all rows at the list's beginning, which is sorted by name. */
const FIRST = 'aa-'

const { docker: engine, busybox } = inject('bed')
const cli = engineCli(engine)
const machine = describeMachine(['dockerd', 'docker', '/usr/bin/chromium'])
const longshore = useLongshore(useBrowser(), () => engine)
const ids: string[] = []

beforeAll(async () => {
  const names = Array.from({ length: COUNT }, (_, at) => `bench-${String(at).padStart(4, '0')}`)
  await inParallel(
    names,
    AT_ONCE,
    async (name) => {
      ids.push(await cli(['create', '--name', name, '--network', 'none', busybox, 'true']))
    },
    new AbortController().signal,
  )
})

afterAll(async () => {
  await cli(['rm', '--force', ...ids])
})

test(`a list of ${COUNT} containers`, async () => {
  const opening = await measureOpening()
  const scrolling = await measureScrolling()
  const changes = await measureChanges()
  const rows = [
    ['from opening the page to the first row, ms (median)', ...pair(opening, 0.5)],
    ['a frame while scrolling, ms (median)', ...pair(scrolling, 0.5)],
    ['a frame while scrolling, ms (p99)', ...pair(scrolling, 0.99)],
    ['from an event to the changed row, ms (median)', ...pair(changes, 0.5)],
    ['from an event to the changed row, ms (p95)', ...pair(changes, 0.95)],
  ]
  await writeResults('list', {
    machine,
    containers: COUNT,
    ...{ opening, scrolling, changes },
    tables: table(['', 'ours', "a peer's way", 'ratio'], rows),
  })
  expect(quantile(changes.ours, 0.95)).toBeLessThan(quantile(changes.peer, 0.95))
  expect(quantile(scrolling.ours, 0.99)).toBeLessThan(quantile(scrolling.peer, 0.99) * 2)
})

/** The same work, done so many times in two ways; milliseconds. */
interface Both {
  ours: number[]
  peer: number[]
}

/** A tab that is opened, against the command that prints the same list. */
async function measureOpening(): Promise<Both> {
  const both: Both = { ours: [], peer: [] }
  for (let opening = 0; opening < OPENINGS; opening++) {
    const begun = performance.now()
    const page = await longshore.open()
    await page.getByText('bench-0000').waitFor()
    both.ours.push(performance.now() - begun)
    both.peer.push(await timed(() => cli(['ps', '--all'])))
    await page.close()
  }
  return both
}

/** Ours draws the rows in view; the peer's way has all of them in the document. */
async function measureScrolling(): Promise<Both> {
  const page = await longshore.open()
  await page.getByText('bench-0000').waitFor()
  const ours = await scroll(page, '[role=grid]', SCROLLING)
  const { selector } = await drawAllRows(page, COUNT)
  return { ours, peer: await scroll(page, selector, SCROLLING) }
}

/**
 * Containers get other names, one after the other. Ours: until the name stands in the table. The peer's
 * way: until the list, asked for anew at each event as other programs do, has come; without its drawing.
 */
async function measureChanges(): Promise<Both> {
  const page = await longshore.open()
  await page.getByText('bench-0000').waitFor()
  const seen = await watchTexts(page, FIRST)
  const told = new Map<string, (renaming: Renaming) => void>()
  const stop = await watchRenamings(engine, (renaming) => told.get(renaming.name)?.(renaming))
  const both: Both = { ours: [], peer: [] }
  for (let event = 0; event < EVENTS; event++) {
    const name = `${FIRST}${event}`
    const renaming = new Promise<Renaming>((resolve) => told.set(name, resolve))
    await rename(ids[event % 10] ?? '', name)
    const { at } = await renaming
    both.ours.push((await seen.at(name)) - at)
    both.peer.push(await timed(() => engineRequest(engine, 'GET', '/containers/json?all=1')))
  }
  stop()
  return both
}

async function rename(id: string, name: string): Promise<void> {
  const path = `/containers/${id}/rename?${new URLSearchParams({ name })}`
  const { status, body } = await engineRequest(engine, 'POST', path)
  if (status !== 204) throw new Error(body)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

function pair({ ours, peer }: Both, share: number): string[] {
  const [one, other] = [quantile(ours, share), quantile(peer, share)]
  return [figure(one), figure(other), figure(one / other)]
}
