import type { Container } from '../../preload/contract/containers'
import type { NetworkMember } from '../../preload/contract/networks'
import type { ListedNetwork } from '../engines/dialect/networks'
import type { Attachments, Endpoint } from './attachments'

type Named = Pick<Container, 'id' | 'name'>

/**
 * The members of each network, by its id, ordered by name: by the containers' own settings, which also
 * those have that do not run.
 */
export function membersByNetwork(
  networks: readonly ListedNetwork[],
  attachments: readonly Attachments[],
  containers: readonly Named[],
): Map<string, NetworkMember[]> {
  const ids = new Map<string, string>()
  // Names first, so that an id is what it says where a network is named as another one's id.
  for (const { id, name } of networks) ids.set(name, id)
  for (const { id } of networks) ids.set(id, id)
  const names = new Map(containers.map(({ id, name }) => [id, name]))
  const known = new Map(attachments.map((one) => [one.id, one]))
  for (const [id, name] of names) {
    const own = known.get(id)
    if (own && !known.has(name)) known.set(name, own)
  }

  const members = new Map<string, NetworkMember[]>()
  for (const { id: containerId, joins, endpoints } of attachments) {
    const name = names.get(containerId)
    if (name === undefined) continue
    const target = joins === null ? undefined : known.get(joins)
    for (const endpoint of target?.endpoints ?? endpoints) {
      const networkId = ids.get(endpoint.networkId) ?? ids.get(endpoint.network)
      if (networkId === undefined) continue
      const member = memberOf(endpoint, { containerId, name, joins: target?.id ?? null })
      const others = members.get(networkId)
      if (others) others.push(member)
      else members.set(networkId, [member])
    }
  }
  for (const each of members.values()) each.sort(byName)
  return members
}

function memberOf(
  { ipv4, ipv6, mac, fixedIpv4, fixedIpv6, aliases }: Endpoint,
  { containerId, name, joins }: Pick<NetworkMember, 'containerId' | 'name' | 'joins'>,
): NetworkMember {
  return {
    ...{ containerId, name, ipv4, ipv6, mac, fixedIpv4, fixedIpv6, joins },
    aliases: aliases.filter((alias) => alias !== name),
  }
}

function byName(left: NetworkMember, right: NetworkMember): number {
  return left.name.localeCompare(right.name) || left.containerId.localeCompare(right.containerId)
}
