import { describe, expect, test } from 'vitest'
import { podmanNetworks, type ListedNetwork } from '../../../main/engines/dialect/networks'
import type { Attachments, Endpoint } from '../../../main/networks/attachments'
import { membersByNetwork } from '../../../main/networks/members'

const [host] = podmanNetworks.list([]).filter(({ name }) => name === 'host')
function listed(id: string, name: string): ListedNetwork {
  if (!host) throw new Error('Podman has the word host.')
  return { ...host, id, name, driver: 'bridge', builtIn: false }
}
const endpoint = (network: string, more: Partial<Endpoint> = {}): Endpoint => ({
  ...{ network, networkId: '', ipv4: '', ipv6: '', mac: '', fixedIpv4: '', fixedIpv6: '' },
  aliases: [],
  ...more,
})
const attached = (id: string, endpoints: Endpoint[], joins: string | null = null): Attachments => ({
  id,
  joins,
  endpoints,
})

describe('members of networks', () => {
  const networks = [listed('id-a', 'a'), listed('id-b', 'b')]
  const containers = [
    { id: 'c1', name: 'web' },
    { id: 'c2', name: 'side' },
  ]

  test('are found by the id, by the name where a container never ran, and by the id as a name', () => {
    for (const one of [
      endpoint('other', { networkId: 'id-a' }),
      endpoint('a'),
      endpoint('a', { networkId: 'a' }),
      endpoint('id-a'),
    ]) {
      const members = membersByNetwork(networks, [attached('c1', [one])], containers)
      expect([...members.keys()]).toEqual(['id-a'])
    }
  })

  test('one in the namespace of another is where that is, and says so', () => {
    const members = membersByNetwork(
      networks,
      [attached('c1', [endpoint('a', { ipv4: '10.0.0.2' })]), attached('c2', [], 'c1')],
      containers,
    )
    expect(members.get('id-a')).toMatchObject([
      { containerId: 'c2', name: 'side', joins: 'c1', ipv4: '10.0.0.2' },
      { containerId: 'c1', name: 'web', joins: null },
    ])
  })

  test('a network that is gone, and a container that is not listed, are left out', () => {
    const members = membersByNetwork(
      networks,
      [attached('c1', [endpoint('gone')]), attached('helper', [endpoint('a')])],
      containers,
    )
    expect(members.size).toBe(0)
  })
})
