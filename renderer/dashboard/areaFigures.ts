import type { TableFigure } from '../stats/table/rows'
import type { Area, Looks } from './areaChart'

/** What areas over time are in figures; NaN stays a gap. */
export function areaFigures(
  at: readonly number[],
  areas: readonly Area[],
  { text }: Looks,
): TableFigure[] {
  return areas.map(({ label, values }) => ({
    label,
    points: at.map((x, index) => ({ x, y: values[index] ?? Number.NaN })),
    text,
  }))
}
