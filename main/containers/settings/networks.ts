import { isNetworkAlone, type NetworkSetting } from '../../../preload/contract/containerSettings'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { Dialect } from '../../engines/dialect/dialect'
import { networkWishes, type NetworkWish } from '../recreation/networks'
import { asRecord, isNothing, without } from './records'

/**
 * The networks that a container asked for; empty: the engine's default one. `hasMore`: it asked for what
 * a setting cannot say, such as a MAC address.
 */
export function readNetworks(
  container: InspectedContainer,
  { recreation, readBack }: Dialect,
): { settings: NetworkSetting[]; hasMore: boolean } {
  const { mode, first, others } = networkWishes(container, (endpoint, isFirst) =>
    recreation.fixedAddresses(endpoint, {
      configuredMac: isFirst ? container.Config.MacAddress : undefined,
      keepUntold: false,
    }),
  )
  if (isNetworkAlone(mode)) {
    return {
      settings: [{ name: mode, aliases: [], ipv4Address: null, ipv6Address: null }],
      hasMore: false,
    }
  }
  if (first === null) return { settings: [], hasMore: !['default', 'bridge'].includes(mode) }
  const wishes = [first, ...others]
  const isDefault =
    others.length === 0 && first.name === readBack.network && isNothing(first.settings)
  return {
    settings: isDefault ? [] : wishes.map(readWish),
    hasMore: wishes.some(({ settings }) => saysMore(settings)),
  }
}

function readWish({ name, settings }: NetworkWish): NetworkSetting {
  const { IPv4Address, IPv6Address } = asRecord(settings.IPAMConfig)
  const address = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  return {
    name,
    aliases: settings.Aliases ?? [],
    ipv4Address: address(IPv4Address),
    ipv6Address: address(IPv6Address),
  }
}

function saysMore({ Links, DriverOpts, MacAddress, IPAMConfig }: NetworkWish['settings']): boolean {
  const more = without(asRecord(IPAMConfig), ['IPv4Address', 'IPv6Address'])
  return ![Links, DriverOpts, MacAddress, more].every(isNothing)
}
