import type { Network } from '../../../preload/contract/networks'
import { age, isRecorded, moment } from '../../format'
import type { KeyValue } from '../../ui/keyValue'
import type { useWords } from '../../words'

/** What the list knows of a network. @param now milliseconds since 1970 UTC */
export function factsOf(
  network: Network,
  t: ReturnType<typeof useWords>['t'],
  now: number,
): KeyValue[] {
  const { id, name, driver, scope, ipv6, createdAt, composeProject, subnets } = network
  return [
    { label: t('networks.facts.name'), value: name, mono: true, copy: true },
    { label: t('networks.facts.id'), value: id, mono: true, copy: true },
    { label: t('networks.facts.driver'), value: driver },
    { label: t('networks.facts.scope'), value: scope === 'local' ? '' : scope },
    ...subnets.flatMap(({ subnet, gateway, range }) => [
      { label: t('networks.facts.subnet'), value: subnet, mono: true, copy: true },
      { label: t('networks.facts.gateway'), value: gateway, mono: true },
      { label: t('networks.facts.range'), value: range, mono: true },
    ]),
    { label: t('networks.facts.ipv6'), value: ipv6 ? t('networks.facts.on') : '' },
    {
      label: t('networks.facts.created'),
      value: isRecorded(createdAt)
        ? t('networks.facts.createdAgo', { at: moment(createdAt), age: age(createdAt, now) })
        : '',
    },
    { label: t('networks.facts.project'), value: composeProject ?? '' },
  ].filter(({ value }) => value !== '')
}
