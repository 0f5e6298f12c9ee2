import type { EngineWarning } from '../../../preload/contract/engineFacts'
import type { FactGroup } from './factGroups'

/** All facts as text that can be put into a report: a heading for each group, a line for each fact. */
export function factsText(
  heading: readonly string[],
  groups: readonly FactGroup[],
  warnings: { title: string; none: string; all: readonly EngineWarning[] },
  notTold: string,
): string {
  const told = groups.map(({ title, facts }) => [
    title,
    ...facts.map(({ label, value, more }) =>
      [`  ${label}: ${value ?? notTold}`, more ? ` (${more})` : ''].join(''),
    ),
  ])
  const warned =
    warnings.all.length === 0 ? [warnings.none] : warnings.all.map(({ text }) => `  ${text}`)
  return [heading, ...told, [warnings.title, ...warned]]
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .concat('\n')
}
