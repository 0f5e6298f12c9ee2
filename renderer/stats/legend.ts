import { isLimitDrawn, rowsOf, type ChartModel, type ChartRow } from './chartModel'
import { gapMillis } from './history'
import { summarise, valueNear } from './series'
import type { Span } from './timeView'
import { units } from './units'
import type { useWords } from '../words'

type Words = ReturnType<typeof useWords>['t']

/** A row of the legend: what a line is, and what it comes to. */
export interface LegendRow {
  row: ChartRow
  label: string
  /** At the crosshair, or the last within the time shown. */
  value: string
  /** This and the next are empty for a limit, which is not averaged. */
  least: string
  average: string
  peak: string
}

/** @param cursorAt The moment under the crosshair; null: none. */
export function legendOf(
  model: ChartModel,
  span: Span,
  cursorAt: number | null,
  t: Words,
): LegendRow[] {
  return rowsOf(model).map((row) => {
    const text = (value: number | null) =>
      value === null ? t('stats.none') : units[row.unit].text(value)
    const { last, least, average, peak } = summarise(row.series.average, span, row.series.edges)
    const reach = gapMillis(model.bucketMillis) / 2
    const value = cursorAt === null ? last : valueNear(row.series.average, cursorAt, reach)
    const summed = row.look !== 'limit'
    const label = summed || isLimitDrawn(model, span) ? row.label : t('stats.limitAbove')
    return {
      row,
      label,
      value: text(value),
      least: summed ? text(least) : '',
      average: summed ? text(average) : '',
      peak: summed ? text(peak) : '',
    }
  })
}

/** The chart in one sentence, for those who do not see it. */
export function summaryOf(model: ChartModel, span: Span, t: Words): string {
  const rows = legendOf(model, span, null, t)
  const mains = rows.filter(({ row }) => row.look === 'main')
  const limit = rows.find(({ row }) => row.look === 'limit')
  const values = mains.map(({ row, value, least, average, peak }) =>
    mains.length === 1
      ? t('stats.summaryOfOnly', { now: value, least, average, peak })
      : t('stats.summaryOfOne', { label: row.label, now: value, least, average, peak }),
  )
  if (model.limitReach > 0) {
    values.push(t('stats.summaryOfLimit', { limit: limit?.value ?? t('stats.noLimit') }))
  }
  return t('stats.summary', { title: model.title, values: values.join(', ') })
}
