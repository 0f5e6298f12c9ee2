import { computed, type Ref } from 'vue'
import { seriesColours, useCanvasColours } from '../stats/useCanvasColours'
import { useWords } from '../words'
import { bandsOf, stack, type BandKey } from './bands'
import { looks, usageOf, type Figure } from './looks'
import { useDashboard } from './store'

/** The bands of the stacked chart, the lowest first, with how each is called and looks. */
export function useProjectBands(figure: Readonly<Ref<Figure>>) {
  const { t } = useWords()
  const dashboard = useDashboard()
  const colours = useCanvasColours()

  const at = computed(() => dashboard.moments.map((moment) => moment.at))

  const bands = computed(() => {
    const found = bandsOf(dashboard.moments, usageOf[figure.value], dashboard.projectOf)
    const projects = found.flatMap(({ key }) => (key.kind === 'project' ? [key.name] : []))
    const slots = dashboard.slotsOf(projects)
    const tops = stack(found.map(({ values }) => values))
    return found.map(({ key, values }, index) => ({
      id: key.kind === 'project' ? `project:${key.name}` : key.kind,
      name: nameOf(key),
      /** It is a project. */
      named: key.kind === 'project',
      colour: colourOf(key, slots),
      values,
      tops: tops[index] ?? [],
      now: textOf(values.at(-1)),
    }))
  })

  function nameOf(key: BandKey): string {
    if (key.kind === 'project') return key.name
    return key.kind === 'no-project'
      ? t('dashboard.projects.noProject')
      : t('dashboard.projects.others', key.count)
  }

  function colourOf(key: BandKey, slots: ReadonlyMap<string, number>): string {
    if (key.kind === 'no-project') return colours.value.muted
    if (key.kind === 'others') return colours.value['line-strong']
    return colours.value[seriesColours[slots.get(key.name) ?? 0] ?? 'series-1']
  }

  function textOf(value = Number.NaN): string {
    return Number.isNaN(value) ? t('dashboard.none') : looks[figure.value].text(value)
  }

  return { at, bands }
}
