import type { Container } from '../../preload/contract/containers'
import type { ContainerStats } from '../../preload/contract/stats'
import { containerColumns } from '../containers/columns'
import type { Column } from '../ui/table/columns'
import type { Key } from '../words'
import type { Row } from './feed'

interface Told {
  labelOf: (engineId: string) => string
  /** A container's figures, so that it can be sorted by them. */
  latest: (containerId: string) => ContainerStats | undefined
  /** Where rows stand under their engine's head, it need not stand in each of them. */
  grouped: boolean
}

/** Ports and age are left to the engine's own page. */
const shown: readonly string[] = ['image', 'state', 'cpu', 'memory', 'actions']

/** The columns of the containers' list, with the engine after the name. */
export function allColumns(
  t: (key: Key) => string,
  { labelOf, latest, grouped }: Told,
): Column<Row>[] {
  const columns = containerColumns(t, latest)
  const pick = (wanted: (id: string) => boolean) =>
    columns.filter(({ id }) => wanted(id)).map(ofRow)
  const engine: Column<Row> = {
    id: 'engine',
    header: t('allEngines.engine'),
    width: 'grow',
    sortValue: ({ engineId }) => labelOf(engineId),
  }
  return [
    ...pick((id) => id === 'name'),
    ...(grouped ? [] : [engine]),
    ...pick((id) => shown.includes(id)),
  ]
}

function ofRow({ sortValue, ...column }: Column<Container>): Column<Row> {
  if (!sortValue) return column
  return { ...column, sortValue: ({ container }) => sortValue(container) }
}
