import { isDeepStrictEqual } from 'node:util'
import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import type { Creation } from '../recreation/createBody'
import { networkingConfig, type NetworkWish } from '../recreation/networks'
import { asRecord, without } from './records'

/** The wanted networks; in those that were not changed all stays that the container asked for. */
export function overlayNetworks(
  { body, networks: base }: Creation,
  { networks: wanted }: Creation,
  before: Pick<ContainerSettings, 'networks'>,
  after: Pick<ContainerSettings, 'networks'>,
): Creation {
  const had = [...(base.first ? [base.first] : []), ...base.others]
  const wish = (asked: NetworkWish): NetworkWish => {
    const named = ({ name }: { name: string }) => name === asked.name
    const isSame = isDeepStrictEqual(before.networks.find(named), after.networks.find(named))
    return (isSame && had.find(named)) || asked
  }
  const first = wanted.first && wish(wanted.first)
  const networks = { ...wanted, first, others: wanted.others.map(wish) }
  return {
    networks,
    body: {
      ...without(body, ['NetworkingConfig']),
      HostConfig: { ...asRecord(body.HostConfig), NetworkMode: networks.mode },
      ...networkingConfig(first),
    },
  }
}
