import type { Volume } from '../../../preload/contract/volumes'
import { age, isRecorded, moment } from '../../format'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'

/** What the list knows of a volume, but for its size. @param now milliseconds since 1970 UTC */
export function factsOf(
  volume: Volume,
  t: ReturnType<typeof useWords>['t'],
  now: number,
): KeyValue[] {
  const { id, driver, mountpoint, scope, createdAt, composeProject, anonymous } = volume
  return [
    { label: t('volumes.facts.name'), value: id, mono: true, copy: true },
    { label: t('volumes.facts.driver'), value: driver },
    { label: t('volumes.facts.mountpoint'), value: mountpoint, mono: true, copy: true },
    { label: t('volumes.facts.scope'), value: scope },
    {
      label: t('volumes.facts.created'),
      value: isRecorded(createdAt)
        ? t('volumes.facts.createdAgo', { at: moment(createdAt), age: age(createdAt, now) })
        : t('ui.notRecorded'),
    },
    { label: t('volumes.facts.project'), value: composeProject ?? '' },
    { label: t('volumes.facts.kind'), value: anonymous ? t('volumes.anonymousBody') : '' },
  ].filter(({ value }) => value !== '')
}
