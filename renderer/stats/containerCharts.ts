import { unitOf, type Unit } from '../../preload/contract/figures'
import type { Metric } from '../../preload/contract/stats'
import type { useWords } from '../words'
import type { ChartLine, ChartModel, ChartStrip } from './chartModel'
import type { ContainerSeries } from './history'
import type { CanvasColours } from './useCanvasColours'

type Words = ReturnType<typeof useWords>['t']

interface LinePlan {
  metric: Metric
  look: ChartLine['look']
  colour: keyof CanvasColours
}

interface Plan {
  id: 'cpu' | 'memory' | 'network' | 'blockIo' | 'processes'
  unit: Unit
  lines: readonly LinePlan[]
  /** Metrics in percent of time, drawn as strips below. */
  strips: readonly Metric[]
  limitReach: number
}

const line = (metric: Metric, look: ChartLine['look'], colour: keyof CanvasColours): LinePlan => ({
  metric,
  look,
  colour,
})

/** What the charts of one container show, from top to bottom. */
const plans: readonly Plan[] = [
  {
    id: 'cpu',
    unit: 'percent',
    lines: [
      line('cpuPercent', 'main', 'series-1'),
      line('cpuLimitPercent', 'limit', 'warning'),
      line('throttledTimePercent', 'number', 'warning'),
    ],
    strips: ['throttledPeriodsPercent', 'cpuSomePressurePercent', 'cpuFullPressurePercent'],
    limitReach: Infinity,
  },
  {
    id: 'memory',
    unit: 'bytes',
    lines: [
      line('memoryBytes', 'main', 'series-1'),
      line('memoryAnonymousBytes', 'part', 'series-4'),
      line('memoryCacheBytes', 'part', 'series-3'),
      line('memoryLimitBytes', 'limit', 'warning'),
    ],
    strips: ['memorySomePressurePercent', 'memoryFullPressurePercent'],
    limitReach: 8,
  },
  {
    id: 'network',
    unit: 'bytesPerSecond',
    lines: [
      line('receivedBytesPerSecond', 'main', 'series-1'),
      line('sentBytesPerSecond', 'main', 'series-2'),
    ],
    strips: [],
    limitReach: 0,
  },
  {
    id: 'blockIo',
    unit: 'bytesPerSecond',
    lines: [
      line('readBytesPerSecond', 'main', 'series-1'),
      line('writtenBytesPerSecond', 'main', 'series-2'),
    ],
    strips: ['ioSomePressurePercent', 'ioFullPressurePercent'],
    limitReach: 0,
  },
  {
    id: 'processes',
    unit: 'count',
    lines: [line('processes', 'main', 'series-1'), line('processesLimit', 'limit', 'warning')],
    strips: [],
    limitReach: 4,
  },
]

/** The second line of a chart with two is told apart by its dashes too. */
const secondDash = [6, 3]
export const limitDash = [5, 4]

/** The charts of one container's past; a metric that was never known has no line. */
export function containerCharts(container: ContainerSeries, t: Words): ChartModel[] {
  return plans.map(({ id, unit, lines, strips, limitReach }): ChartModel => {
    const mains = lines.filter(({ look }) => look === 'main')
    const shown = lines.flatMap(({ metric, look, colour }): ChartLine[] => {
      const series = container.series.get(metric)
      if (!series) return []
      const second = look === 'main' && mains[0]?.metric !== metric
      const dash = look === 'limit' ? limitDash : second ? secondDash : []
      const label = t(`stats.metrics.${metric}`)
      return [{ id: metric, label, unit: unitOf(metric), colour, series, look, dash }]
    })
    const unknown = !shown.some(({ look }) => look === 'main')
    return {
      id,
      title: t(`stats.charts.${id}`),
      unit,
      lines: shown,
      strips: stripsOf(strips, container, t),
      limitReach,
      bucketMillis: container.bucketMillis,
      note: unknown && container.series.size > 0 ? t(`stats.unknown.${id}`) : null,
      version: container.version,
    }
  })
}

function stripsOf(metrics: readonly Metric[], container: ContainerSeries, t: Words): ChartStrip[] {
  return metrics.flatMap((metric) => {
    const series = container.series.get(metric)
    if (!series) return []
    const kind = metric.startsWith('throttled')
      ? 'throttled'
      : metric.includes('Full')
        ? 'full'
        : 'some'
    return [
      {
        id: metric,
        label: t(`stats.metrics.${metric}`),
        shortLabel: t(`stats.strips.${kind}`),
        colour: kind === 'some' ? 'series-7' : kind === 'full' ? 'series-5' : 'warning',
        series,
      },
    ]
  })
}
