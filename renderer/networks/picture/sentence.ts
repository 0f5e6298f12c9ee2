import type { useWords } from '../../words'
import type { ContainerRow, Lane } from './layout'

type Translate = ReturnType<typeof useWords>['t']

/** What a row shows, in words: for those who do not see it, and as its tooltip. */
export function sentenceOf(row: ContainerRow, lanes: readonly Lane[], t: Translate): string {
  const on = row.joints.map(({ laneId, address, names }) => {
    const network = lanes.find(({ id }) => id === laneId)?.network.name ?? ''
    const at = address === '' ? '' : t('networks.picture.at', { address })
    const as = names.length > 0 ? t('networks.picture.as', { names: names.join(', ') }) : ''
    return `${network}${at}${as}`
  })
  return [
    t(row.running ? 'networks.picture.on' : 'networks.picture.stoppedOn', {
      name: row.name,
      networks: on.join('; ') || '–',
    }),
    ...(row.doors.length > 0
      ? [t('networks.picture.published', { ports: row.doors.join(', ') })]
      : []),
    ...(row.sharedBy.length > 0
      ? [t('networks.picture.shared', { names: row.sharedBy.join(', ') })]
      : []),
  ].join(' ')
}

/** A text that fits so many characters; the whole one is told elsewhere. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
