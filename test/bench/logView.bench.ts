import type { CDPSession, Page } from 'playwright-core'
import { afterAll, expect, inject, test } from 'vitest'
import { engineCli, waitFor, type EngineFacts } from '../bed'
import { useBrowser, useLongshore } from '../e2e/browser'
import { countLines, openLogs, pressOften, pressUntil, watchFrames } from './logView/page'
import { describeMachine } from './machine'
import { quantile } from './quantile'
import { figure, table, writeResults } from './results'

const LINES = 1_000_000
const LINES_PER_SECOND = 50_000
const OPENINGS = 5
const SECONDS = 8
const WRITE = `seq 1 ${LINES} | sed 's/^/request /; s/$/ served in 12 ms to the client at 10.0.0.7: 200 OK/'`
/** So many lines at once, ten times a second. */
const FLOOD = `n=0; while :; do seq $n $((n+${LINES_PER_SECOND / 10 - 1})) | sed 's/$/ lines and one more of them/'; n=$((n+${LINES_PER_SECOND / 10})); usleep 75000; done`

const { docker: engine, busybox } = inject('bed')
const machine = describeMachine(['dockerd', 'docker', '/usr/bin/chromium'])
const longshore = useLongshore(useBrowser(), () => engine)
const cli = engineCli(engine)
const names: string[] = []

afterAll(() => cli(['rm', '--force', ...names]))

test('the view of a log of a million lines, and of one that grows fast', async () => {
  const long = await measureLong(await run(engine, 'bench-long', `${WRITE}; sleep 1000`))
  const fast = await measureFast(await run(engine, 'bench-fast', FLOOD))
  const rows = [
    ['from the click to the first screen, ms (median)', figure(quantile(long.opening, 0.5))],
    ['from the click to the first screen, ms (longest)', figure(Math.max(...long.opening))],
    ['`docker logs --tail 1000`, ms (median)', figure(quantile(long.command, 0.5))],
    ['from Home to the first line, all read, ms', figure(long.toFirst)],
    ['lines a second while following', figure(fast.linesPerSecond)],
    ['a frame while following, ms (median)', figure(quantile(fast.frames, 0.5))],
    ['a frame while following, ms (p99)', figure(quantile(fast.frames, 0.99))],
    ['from a key to what it does while following, ms (p95)', figure(quantile(fast.keys, 0.95))],
    ['heap of the page after, MiB', figure(fast.heapBytes / 2 ** 20)],
    ['rows in the document', figure(fast.rows)],
  ]
  await writeResults('log-view', {
    machine,
    lines: LINES,
    ...{ long, fast },
    tables: table(['', 'ours'], rows),
  })
  expect(quantile(long.opening, 0.5)).toBeLessThan(200)
  expect(quantile(fast.frames, 0.99)).toBeLessThan(200)
})

/** @returns the container's id */
async function run({ kind }: EngineFacts, name: string, script: string): Promise<string> {
  names.push(name)
  const options = ['--detach', '--init', '--network', 'none', '--name', name]
  const driver = kind === 'docker' ? ['--log-opt', 'max-size=1g'] : []
  return cli(['run', ...options, ...driver, busybox, 'sh', '-c', script])
}

async function measureLong(id: string) {
  await waitFor('the log is written', async () =>
    (await cli(['logs', '--tail', '1', id])).startsWith(`request ${LINES} `),
  )
  const opening: number[] = []
  const command: number[] = []
  for (let times = 0; times < OPENINGS; times++) {
    const page = await longshore.open(`/containers/${id}`)
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    opening.push(await openLogs(page))
    await page.close()
    const begun = performance.now()
    await cli(['logs', '--tail', '1000', id])
    command.push(performance.now() - begun)
  }
  const page = await longshore.open(`/logs?ids=${id}`)
  await page.getByText(`request ${LINES} `).waitFor()
  const toFirst = await pressUntil(page, 'Home', 'request 1 ')
  expect(await countLines(page)).toBe(LINES)
  return { opening, command, toFirst }
}

async function measureFast(id: string) {
  const page = await longshore.open(`/logs?ids=${id}`)
  await page.locator('[role=log] [data-place]').first().waitFor()
  const [before, begun] = [await countLines(page), performance.now()]
  const frames = await watchFrames(page, SECONDS)
  const linesPerSecond = ((await countLines(page)) - before) / ((performance.now() - begun) / 1_000)
  const keys = await pressOften(page, [...Array<string>(20).fill('PageUp'), 'End'])
  const rows = await page.locator('[role=log] [data-place]').count()
  return { linesPerSecond, frames, keys, rows, heapBytes: await heapOf(page) }
}

async function heapOf(page: Page): Promise<number> {
  const devTools: CDPSession = await page.context().newCDPSession(page)
  await devTools.send('HeapProfiler.collectGarbage')
  await devTools.send('Performance.enable')
  const { metrics } = await devTools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
}
