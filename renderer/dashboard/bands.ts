import { totalOf, usageByProject, type Moment, type ProjectOf, type Usage } from './moments'

/** Which containers a band stands for. */
export type BandKey =
  { kind: 'project'; name: string } | { kind: 'no-project' } | { kind: 'others'; count: number }

/** What a group of containers took over time. */
export interface Band {
  key: BandKey
  /** One for each moment; NaN where nothing is known of any container. */
  values: number[]
}

/** So many bands can be told apart; what is smaller is shown together. */
export const mostBands = 8

/**
 * What each compose project took, the largest over the whole time first; at most `mostBands`, and the
 * sum of the others last.
 */
export function bandsOf(
  moments: readonly Moment[],
  figure: keyof Usage,
  projectOf: ProjectOf,
): Band[] {
  const usages = moments.map((moment) => usageByProject(moment, projectOf))
  const known = moments.map((moment) => totalOf(moment)[figure] !== null)
  const names = new Set(usages.flatMap((usage) => [...usage.keys()]))
  const ranked = [...names]
    .map((name) => {
      const values = usages.map((usage, index) =>
        known[index] ? (usage.get(name)?.[figure] ?? 0) : Number.NaN,
      )
      return { name, values, sum: values.reduce((sum, value) => sum + (value || 0), 0) }
    })
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || (a.name ?? '').localeCompare(b.name ?? ''))
  const bands = ranked.slice(0, mostBands).map(({ name, values }): Band => ({
    key: name === null ? { kind: 'no-project' } : { kind: 'project', name },
    values,
  }))
  const others = ranked.slice(mostBands).map(({ values }) => values)
  if (others.length > 0) {
    bands.push({
      key: { kind: 'others', count: others.length },
      values: stack(others).at(-1) ?? [],
    })
  }
  return bands
}

/** Each column on top of those before it. */
export function stack(columns: readonly (readonly number[])[]): number[][] {
  const tops: number[][] = []
  for (const column of columns) {
    const below = tops.at(-1)
    tops.push(column.map((value, index) => value + (below?.[index] ?? 0)))
  }
  return tops
}
