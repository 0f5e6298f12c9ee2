import type { Network } from '../../preload/contract/networks'
import { hasEveryWord } from '../search'

export const networkFilters = ['all', 'own', 'in-use', 'unused', 'internal'] as const
export type NetworkFilter = (typeof networkFilters)[number]

/** The filter with this name; what an older version remembered and is gone means all. */
export function networkFilter(name: string | null): NetworkFilter {
  return networkFilters.find((filter) => filter === name) ?? 'all'
}

/** Nothing is connected, and it can go: what comes with the engine is never unused. */
export function isUnused({ members, builtIn }: Pick<Network, 'members' | 'builtIn'>): boolean {
  return members.length === 0 && !builtIn
}

export function passesFilter(network: Network, filter: NetworkFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'own':
      return !network.builtIn
    case 'in-use':
      return network.members.length > 0
    case 'unused':
      return isUnused(network)
    case 'internal':
      return network.internal
  }
}

/** True if every word of the search is in a network's name, id, addresses, project, labels or members. */
export function matchesSearch(network: Network, search: string): boolean {
  const labels = Object.entries(network.labels).map(([name, value]) => `${name}=${value}`)
  const members = network.members.flatMap(({ name, ipv4, ipv6, aliases }) => [
    ...[name, ipv4, ipv6],
    ...aliases,
  ])
  const text = [
    ...[network.name, network.id, network.driver, network.composeProject ?? ''],
    ...network.subnets.map(({ subnet }) => subnet),
    ...labels,
    ...members,
  ].join('\n')
  return hasEveryWord(text, search)
}
