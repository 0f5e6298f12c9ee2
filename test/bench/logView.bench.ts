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

const { docker, podman, busybox } = inject('bed')
const machine = describeMachine(['dockerd', 'docker', 'podman', '/usr/bin/chromium'])
const browser = useBrowser()
const onDocker = { longshore: useLongshore(browser, () => docker), ...containersOf(docker) }
const onPodman = { longshore: useLongshore(browser, () => podman), ...containersOf(podman) }

test('the view of a log of a million lines, and of one that grows fast', async () => {
  const id = await onDocker.run('bench-long', `${WRITE}; touch /written; sleep 1000`)
  const long = { ...(await measureOpening(onDocker, id)), toFirst: await measureToFirst(id) }
  const longOnPodman = await measureOpening(
    onPodman,
    await onPodman.run('bench-long', `${WRITE}; touch /written; sleep 1000`),
  )
  const fast = await measureFast(await onDocker.run('bench-fast', FLOOD))
  const rows = [
    ['from the click to the first screen, ms (median)', figure(quantile(long.opening, 0.5))],
    ['from the click to the first screen, ms (longest)', figure(Math.max(...long.opening))],
    ['`docker logs --tail 1000`, ms (median)', figure(quantile(long.command, 0.5))],
    ['the same on Podman, ms (median)', figure(quantile(longOnPodman.opening, 0.5))],
    ['the same on Podman, ms (longest)', figure(Math.max(...longOnPodman.opening))],
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
    ...{ long, longOnPodman, fast },
    tables: table(['', 'ours'], rows),
  })
  expect(quantile(long.opening, 0.5)).toBeLessThan(200)
  expect(quantile(longOnPodman.opening, 0.5)).toBeLessThan(200)
  expect(quantile(fast.frames, 0.99)).toBeLessThan(200)
})

/** Makes containers, which are removed at the end. */
function containersOf(engine: EngineFacts) {
  const cli = engineCli(engine)
  const names: string[] = []
  afterAll(() => cli(['rm', '--force', '--volumes', ...names]))
  /** @returns the container's id */
  const run = (name: string, script: string) => {
    names.push(name)
    const options = ['--detach', '--network', 'none', '--name', name]
    const dockers = engine.kind === 'docker' ? ['--init', '--log-opt', 'max-size=1g'] : []
    return cli(['run', ...options, ...dockers, busybox, 'sh', '-c', script])
  }
  return { cli, run }
}

async function measureOpening({ longshore, cli }: typeof onDocker, id: string) {
  // Podman's own tail is not always the last lines.
  const isThere = (file: string) =>
    cli(['exec', id, 'test', '-e', file]).then(
      () => true,
      () => false,
    )
  await waitFor('the log is written', () => isThere('/written'), 120_000)
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
  return { opening, command }
}

async function measureToFirst(id: string): Promise<number> {
  const page = await onDocker.longshore.open(`/logs?ids=${id}`)
  await page.getByText(`request ${LINES} `).waitFor()
  const toFirst = await pressUntil(page, 'Home', 'request 1 ')
  expect(await countLines(page)).toBe(LINES)
  return toFirst
}

async function measureFast(id: string) {
  const page = await onDocker.longshore.open(`/logs?ids=${id}`)
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
