import type { Network } from '../../preload/contract/networks'
import type { useWords } from '../words'

type Facts = Pick<Network, 'driver' | 'builtIn' | 'internal' | 'resolvesNames' | 'subnets'>

/** Containers that are there can be connected: to all but the two that are no networks. */
export function takesConnections({ driver }: Pick<Network, 'driver'>): boolean {
  return driver !== 'host' && driver !== 'null'
}

/** Who reaches whom on a network, and by which name: a sentence each. */
export function reachOf(network: Facts, t: ReturnType<typeof useWords>['t']): string[] {
  const { driver, builtIn, internal, resolvesNames, subnets } = network
  if (driver === 'host') return [t('networks.reach.host')]
  if (driver === 'null') return [t('networks.reach.none')]
  const names = resolvesNames
    ? t('networks.reach.names')
    : t(builtIn ? 'networks.reach.defaultAddresses' : 'networks.reach.addresses')
  return [names, wayOut(driver, internal, subnets[0]?.gateway ?? '', t)]
}

function wayOut(
  driver: string,
  internal: boolean,
  gateway: string,
  t: ReturnType<typeof useWords>['t'],
): string {
  if (internal) return t('networks.reach.internal')
  if (driver === 'macvlan' || driver === 'ipvlan') return t('networks.reach.onTheWire')
  if (driver === 'overlay') return t('networks.reach.overlay')
  return gateway === '' ? t('networks.reach.outside') : t('networks.reach.gateway', { gateway })
}
