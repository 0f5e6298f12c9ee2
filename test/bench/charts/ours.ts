import { effectScope, shallowRef } from 'vue'
import type { ChartModel, ChartStrip } from '../../../renderer/stats/chartModel'
import type { Point } from '../../../renderer/stats/series'
import { createTimeChart } from '../../../renderer/stats/timeChart'
import type { CanvasColours } from '../../../renderer/stats/useCanvasColours'
import { useChartDrawing } from '../../../renderer/stats/useChartDrawing'
import { limitPercent, windowSeconds, type Drawing } from './drawing'

const WINDOW_MILLIS = windowSeconds * 1_000

/** The CPU chart of the details page as the app draws it: with its limit, three strips, in the shared queue. */
export const ours: Drawing = {
  begin(canvas, values, first) {
    const points = values.map((y, index) => ({ x: first - (values.length - 1 - index) * 1_000, y }))
    const limits = points.map(({ x }) => ({ x, y: limitPercent }))
    const model = modelOf(points, limits)
    const chart = createTimeChart(canvas, colours)
    let now = first
    const scope = effectScope()
    const askToDraw = scope.run(() => useChartDrawing(shallowRef(canvas), draw))
    askToDraw?.()
    return {
      tick(value, at) {
        append(points, { x: at, y: value })
        append(limits, { x: at, y: limitPercent })
        model.version++
        now = at
        askToDraw?.()
      },
      destroy() {
        scope.stop()
        chart.destroy()
      },
    }

    function draw(): void {
      chart.draw(model, { from: now - WINDOW_MILLIS, to: now }, colours)
    }
  },
}

function append(points: Point[], point: Point): void {
  points.shift()
  points.push(point)
}

function modelOf(points: Point[], limits: Point[]): ChartModel {
  const series = { average: points, edges: null }
  const line = { unit: 'percent', dash: [] } as const
  return {
    id: 'cpu',
    title: 'CPU',
    unit: 'percent',
    lines: [
      { ...line, id: 'cpu', label: 'CPU', colour: 'series-1', series, look: 'main' },
      {
        ...{ ...line, id: 'limit', label: 'Limit', colour: 'warning', look: 'limit' },
        series: { average: limits, edges: null },
      },
    ],
    strips: ['throttled', 'some', 'full'].map((id): ChartStrip => ({
      id,
      label: id,
      shortLabel: id,
      colour: 'warning',
      series,
    })),
    limitReach: Infinity,
    bucketMillis: 1_000,
    note: null,
    version: 0,
  }
}

const colours: CanvasColours = {
  accent: '#2f6fdb',
  text: '#1d232b',
  muted: '#5d6874',
  line: '#d9dee4',
  good: '#2d8a4e',
  busy: '#2f6fdb',
  warning: '#a86a00',
  bad: '#c4372b',
  off: '#8a949e',
  surface: '#ffffff',
  raised: '#ffffff',
  'line-strong': '#b8c0c8',
  'series-1': '#2f6fdb',
  'series-2': '#c4572b',
  'series-3': '#2d8a4e',
  'series-4': '#8a4fc4',
  'series-5': '#a86a00',
  'series-6': '#0f8a94',
  'series-7': '#c43b84',
  'series-8': '#5d6874',
}
