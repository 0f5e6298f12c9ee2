import type { Container, ContainerDetails } from '../../../preload/contract/containers'
import { age, moment, shortId } from '../../format'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'

type Words = ReturnType<typeof useWords>['t']

/** What the overview lists first: what it is, how it runs, since when. */
export function factsOf(
  container: Container,
  details: ContainerDetails | null,
  t: Words,
  now: number,
): KeyValue[] {
  return [
    fact(t('containers.overview.image'), container.image, { copy: true }),
    fact(t('containers.overview.id'), shortId(container.id), { mono: true, copy: container.id }),
    fact(t('containers.overview.imageId'), container.imageId && shortId(container.imageId), {
      mono: true,
      copy: container.imageId ?? false,
    }),
    fact(t('containers.overview.project'), container.composeProject),
    fact(t('containers.overview.service'), container.composeService),
    fact(t('containers.overview.entrypoint'), details?.entrypoint.join(' '), { mono: true }),
    fact(t('containers.overview.command'), details?.command.join(' ') ?? container.command, {
      mono: true,
    }),
    fact(t('containers.overview.created'), when(container.createdAt, t, now)),
    fact(t('containers.overview.started'), when(container.startedAt, t, now)),
    fact(
      t('containers.overview.finished'),
      container.state === 'exited' ? when(container.finishedAt, t, now) : null,
    ),
    fact(t('containers.overview.pid'), details?.pid),
    fact(t('containers.overview.hostname'), details?.hostname),
    fact(
      t('containers.overview.user'),
      details && (details.user || t('containers.overview.defaultUser')),
    ),
    fact(t('containers.overview.workingFolder'), details?.workingFolder, { mono: true }),
    fact(t('containers.overview.restartPolicy'), details?.restartPolicy),
    fact(
      t('containers.overview.privileged'),
      details?.privileged ? t('containers.overview.privilegedYes') : null,
    ),
  ].filter((item) => item.value !== '')
}

function when(at: number | null, t: Words, now: number): string {
  return at === null ? '' : t('containers.overview.ago', { moment: moment(at), age: age(at, now) })
}

function fact(
  label: string,
  value: string | number | null | undefined,
  looks: Omit<KeyValue, 'label' | 'value'> = {},
): KeyValue {
  return { label, value: value === null || value === undefined ? '' : String(value), ...looks }
}
