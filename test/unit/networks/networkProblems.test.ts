import { describe, expect, test } from 'vitest'
import { networkProblems } from '../../../preload/contract/networkProblems'

const others = [
  { name: 'shop', subnets: [{ subnet: '10.20.0.0/16', gateway: '10.20.0.1', range: '' }] },
]
const codes = (
  subnets: { subnet: string; gateway?: string; range?: string }[],
  { name = 'mine', ipv6 = false } = {},
) =>
  networkProblems(
    {
      ...{ name, driver: 'bridge', ipv6 },
      subnets: subnets.map(({ subnet, gateway = '', range = '' }) => ({ subnet, gateway, range })),
    },
    others,
  ).map(({ field, severity, code, detail }) => `${field} ${severity} ${code} ${detail}`.trim())

describe('what speaks against a network', () => {
  test('nothing, where all fits', () => {
    expect(codes([])).toEqual([])
    expect(
      codes([{ subnet: '10.30.0.0/24', gateway: '10.30.0.254', range: '10.30.0.128/25' }]),
    ).toEqual([])
    expect(codes([{ subnet: 'fd00::/64', gateway: 'fd00::1' }], { ipv6: true })).toEqual([])
  })

  test('a name that is taken or kept by engines', () => {
    expect(codes([], { name: 'shop' })).toEqual(['name error name-taken shop'])
    expect(codes([], { name: 'container' })).toEqual(['name error name-reserved container'])
  })

  test('a subnet with addresses of another network is told, with its name, and not refused', () => {
    expect(codes([{ subnet: '10.20.7.0/24' }])).toEqual(['subnet warning subnet-overlaps shop'])
  })

  test('subnets that cannot be', () => {
    expect(codes([{ subnet: '10.30.0.0' }])).toEqual(['subnet error subnet-unreadable'])
    expect(codes([{ subnet: '10.30.0.5/24' }])).toEqual([
      'subnet error subnet-host-bits 10.30.0.0/24',
    ])
    expect(codes([{ subnet: '10.30.0.0/31' }])).toEqual(['subnet error subnet-too-small'])
    expect(codes([{ subnet: 'fd00::/64' }])).toEqual(['subnet error subnet-needs-ipv6'])
    expect(codes([{ subnet: '10.30.0.0/24' }, { subnet: '10.30.0.128/25' }])).toEqual([
      'subnet error subnet-twice',
    ])
  })

  test('gateways and ranges that are not in it', () => {
    const subnet = '10.30.0.0/24'
    expect(codes([{ subnet, gateway: 'router' }])).toEqual(['gateway error gateway-unreadable'])
    expect(codes([{ subnet, gateway: '10.31.0.1' }])).toEqual(['gateway error gateway-outside'])
    expect(codes([{ subnet, gateway: '10.30.0.255' }])).toEqual([
      'gateway error gateway-not-a-host',
    ])
    expect(codes([{ subnet, range: '10.30.0.1' }])).toEqual(['range error range-unreadable'])
    expect(codes([{ subnet, range: '10.30.0.0/16' }])).toEqual(['range error range-outside'])
  })
})
