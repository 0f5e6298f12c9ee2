import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type CDPSession, type Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { build } from 'vite'
import type {} from './charts/page'
import { chartTables, type ChartCost } from './chartTables'
import { describeMachine } from './machine'
import { quantile } from './quantile'
import { writeResults } from './results'

const COUNTS = [1, 6, 50]
const SECONDS = 6
const ways = {
  ours: 'our charts',
  chartJsDefaults: 'Chart.js as it comes',
  bare: 'a bare line on a canvas',
}
/** All charts are in view: the app does not draw those that are not. */
const VIEWPORT = { width: 1280, height: 3_200 }
const CHROMIUM = '/usr/bin/chromium'
const folder = resolve('test-results/bench-charts')

test('what live charts cost the page', async () => {
  const machine = describeMachine([CHROMIUM])
  await buildPage()
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ viewport: VIEWPORT })
  await page.addScriptTag({ path: join(folder, 'page.js') })
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable')
  const empty = await measure(page, devTools, 'ours', 0)
  const costs: ChartCost[] = []
  for (const charts of COUNTS) {
    for (const [way, name] of Object.entries(ways)) {
      const cost = await measure(page, devTools, way, charts)
      costs.push({ ...cost, name, busyMillis: Math.max(0, cost.busyMillis - empty.busyMillis) })
    }
  }
  await writeResults('charts', { machine, empty, costs, tables: chartTables(costs) })
  const busy = (name: string) =>
    costs.findLast((cost) => cost.name === name)?.busyMillis ?? Number.NaN
  expect(busy(ways.ours)).toBeLessThan(busy(ways.chartJsDefaults) / 2)
})

async function buildPage(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    // A library is built for whoever builds the page; this one goes as it is.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      lib: {
        entry: resolve('test/bench/charts/page.ts'),
        formats: ['iife'],
        name: 'page',
        fileName: () => 'page.js',
      },
    },
  })
}

async function measure(
  page: Page,
  devTools: CDPSession,
  way: string,
  charts: number,
): Promise<ChartCost> {
  await page.evaluate(([name, count]) => window.chartsBench.begin(name, count), [
    way,
    charts,
  ] as const)
  const before = await busySeconds(devTools)
  const frameMillis = await page.evaluate((seconds) => window.chartsBench.run(seconds), SECONDS)
  const busyMillis = ((await busySeconds(devTools)) - before) * 1_000
  await page.evaluate(() => window.chartsBench.end())
  await delay(200)
  return {
    name: way,
    charts,
    busyMillis: busyMillis / SECONDS,
    framesPerSecond: frameMillis.length / SECONDS,
    frameMillis: {
      median: quantile(frameMillis, 0.5),
      p99: quantile(frameMillis, 0.99),
      longest: Math.max(...frameMillis),
    },
  }
}

/** What the page's main thread has worked so far, in scripts, layout and painting alike. */
async function busySeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}
