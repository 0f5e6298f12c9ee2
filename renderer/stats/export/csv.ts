import type { useWords } from '../../words'
import { rowsOf, type ChartModel } from '../chartModel'
import type { Point } from '../series'
import type { Span } from '../timeView'

type Words = ReturnType<typeof useWords>['t']

interface Column {
  head: string
  /** By moment. */
  values: ReadonlyMap<number, number>
}

/**
 * What the charts show, as RFC 4180 has it: a row per moment (ISO 8601, UTC), a column per figure with
 * its unit; of buckets the average, lowest and highest. Moments at which nothing is known are left out.
 */
export function csvOf(models: readonly ChartModel[], span: Span, t: Words): string {
  const columns = models.flatMap((model) => columnsOf(model, span, t))
  const moments = new Set(columns.flatMap(({ values }) => [...values.keys()]))
  const rows = [...moments]
    .sort((a, b) => a - b)
    .map((at) => [
      new Date(at).toISOString(),
      ...columns.map(({ values }) => String(values.get(at) ?? '')),
    ])
  return [[t('stats.export.time'), ...columns.map(({ head }) => head)], ...rows]
    .map((cells) => `${cells.map(cellOf).join(',')}\r\n`)
    .join('')
}

function columnsOf(model: ChartModel, span: Span, t: Words): Column[] {
  return rowsOf(model).flatMap(({ label, unit, series: { average, edges } }): Column[] => {
    const name = `${model.title}: ${label}`
    const column = (points: readonly Point[], kind?: string): Column => ({
      head: `${[name, kind].filter(Boolean).join(' ')} (${t(`stats.export.units.${unit}`)})`,
      values: new Map(
        points
          .filter(({ x, y }) => x >= span.from && x <= span.to && !Number.isNaN(y))
          .map(({ x, y }) => [x, y]),
      ),
    })
    if (!edges) return [column(average)]
    return [
      column(average, t('stats.export.average')),
      column(edges.minimum, t('stats.export.minimum')),
      column(edges.maximum, t('stats.export.maximum')),
    ]
  })
}

/**
 * A cell that no spreadsheet takes for a formula: names come from whoever made the container
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
