import { bare } from './bare'
import { chartJsDefaults } from './chartJsDefaults'
import { topPercent, windowSeconds, type Drawing, type LiveChart } from './drawing'
import { ours } from './ours'

export interface ChartsBench {
  /** Puts so many charts on the page and lets them come to rest. */
  begin: (way: string, count: number) => Promise<void>
  /** Feeds them a value a second. Gives the times between frames, milliseconds, in their order. */
  run: (seconds: number) => Promise<number[]>
  end: () => void
}

declare global {
  interface Window {
    chartsBench: ChartsBench
  }
}

const ways: Record<string, Drawing> = { ours, chartJsDefaults, bare }
const SETTLE_MILLIS = 1_500
const PERIOD_MILLIS = 1_000

let charts: LiveChart[] = []
let second = windowSeconds
let now = Date.now()

window.chartsBench = {
  async begin(way, count) {
    const drawing = ways[way]
    if (!drawing) throw new Error(`There is no way called ${way}.`)
    charts = Array.from({ length: count }, (_, chart) => {
      const values = Array.from({ length: windowSeconds }, (_, index) => valueAt(index, chart))
      return drawing.begin(addCanvas(), values, now)
    })
    await wait(SETTLE_MILLIS)
  },

  async run(seconds) {
    const frames = watchFrames()
    for (let tick = 0; tick < seconds; tick++) {
      const begin = performance.now()
      now += PERIOD_MILLIS
      second++
      charts.forEach((chart, index) => chart.tick(valueAt(second, index), now))
      await wait(PERIOD_MILLIS - (performance.now() - begin))
    }
    return frames.stop()
  },

  end() {
    for (const chart of charts) chart.destroy()
    charts = []
    document.body.replaceChildren()
  },
}

/** A third of the page's width, as high as the app's. */
function addCanvas(): HTMLCanvasElement {
  const place = document.createElement('div')
  Object.assign(place.style, {
    position: 'relative',
    display: 'inline-block',
    width: '400px',
    height: '176px',
  })
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, { width: '100%', height: '100%' })
  place.append(canvas)
  document.body.append(place)
  return canvas
}

/** A restless line that is the same in every run; between nothing and the top. */
function valueAt(index: number, chart: number): number {
  const wave = Math.sin(index / 7 + chart) + Math.sin(index / 2.3) / 2 + Math.sin(index * 1.7) / 4
  return ((wave + 1.75) / 3.5) * topPercent
}

function watchFrames(): { stop: () => number[] } {
  const frameMillis: number[] = []
  let last = performance.now()
  let request = requestAnimationFrame(frame)
  return {
    stop() {
      cancelAnimationFrame(request)
      return frameMillis
    },
  }

  function frame(at: number): void {
    frameMillis.push(at - last)
    last = at
    request = requestAnimationFrame(frame)
  }
}

const wait = (millis: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, millis)))
