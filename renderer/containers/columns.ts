import { containerStates, type Container } from '../../preload/contract/containers'
import type { ContainerStats } from '../../preload/contract/stats'
import { valueOf } from '../stats/values'
import type { Column } from '../ui/table/columns'
import type { Key } from '../words'
import { stateRank } from './states'

type Latest = (id: string) => ContainerStats | undefined

/** The columns of the list. `latest` gives a container's figures, so that it can be sorted by them. */
export function containerColumns(t: (key: Key) => string, latest: Latest): Column<Container>[] {
  return [
    {
      id: 'name',
      header: t('containers.columns.name'),
      width: 'grow',
      share: 1.4,
      sortValue: ({ name }) => name,
    },
    {
      id: 'image',
      header: t('containers.columns.image'),
      width: 'grow',
      sortValue: ({ image }) => image,
      hideBelow: 950,
    },
    {
      id: 'state',
      header: t('containers.columns.state'),
      width: 132,
      // A sign without its word.
      narrow: { below: 362, width: 40, hideHeader: true },
      sortValue: (container) =>
        stateRank(container) * 100 + containerStates.indexOf(container.state),
    },
    {
      id: 'cpu',
      header: t('containers.columns.cpu'),
      width: 126,
      align: 'end',
      sortValue: ({ id }) => valueOf(latest(id), 'cpuPercent'),
      hideBelow: 488,
    },
    {
      id: 'memory',
      header: t('containers.columns.memory'),
      width: 142,
      narrow: { below: 760, width: 92 },
      align: 'end',
      sortValue: ({ id }) => valueOf(latest(id), 'memoryBytes'),
      hideBelow: 620,
    },
    {
      id: 'ports',
      header: t('containers.columns.ports'),
      width: 112,
      sortValue: ({ ports }) => ports.find(({ hostPort }) => hostPort !== null)?.hostPort ?? null,
      hideBelow: 740,
    },
    {
      id: 'age',
      header: t('containers.columns.age'),
      width: 68,
      align: 'end',
      // The youngest first, as ages read.
      sortValue: ({ createdAt }) => -createdAt,
      hideBelow: 810,
    },
    {
      id: 'actions',
      header: t('containers.columns.actions'),
      width: 64,
      align: 'end',
      hideHeader: true,
      hideBelow: 270,
    },
  ]
}
