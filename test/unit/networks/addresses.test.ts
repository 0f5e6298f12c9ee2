import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contains,
  formatAddress,
  formatBlock,
  overlaps,
  parseAddress,
  parseBlock,
} from '../../../preload/contract/addresses'

const block = (text: string) => {
  const parsed = parseBlock(text)
  if (!parsed) throw new Error(`${text} is no block`)
  return parsed
}
const address = (text: string) => {
  const parsed = parseAddress(text)
  if (!parsed) throw new Error(`${text} is no address`)
  return parsed
}

describe('addresses', () => {
  test('are read in both families, and written back in their short form', () => {
    for (const [written, short] of [
      ['10.0.0.1', '10.0.0.1'],
      ['0.0.0.0', '0.0.0.0'],
      ['255.255.255.255', '255.255.255.255'],
      ['FD00:0:0:1:0:0:0:1', 'fd00:0:0:1::1'],
      ['::', '::'],
      ['::1', '::1'],
      ['1::', '1::'],
      ['2001:db8::10:0:0:1', '2001:db8::10:0:0:1'],
      ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ] as const) {
      expect(formatAddress(address(written))).toBe(short)
    }
  })

  test('what is none is not taken for one', () => {
    for (const text of [
      ...['', '10.0.0', '10.0.0.256', '10.0.0.01', '10.0.0.1.1', '10.0.0.1/24', 'localhost'],
      ...['fe80::1%eth0', ':::', '1:2:3', '1::2::3', '12345::', '1:2:3:4:5:6:7::8:9'],
    ]) {
      expect(parseAddress(text)).toBeNull()
    }
    for (const text of ['10.0.0.0', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '10.0.0.0/x']) {
      expect(parseBlock(text)).toBeNull()
    }
  })

  test('every IPv6 address is the same after it was written and read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value) => {
        expect(address(formatAddress({ family: 6, value })).value).toBe(value)
      }),
    )
  })
})

describe('blocks', () => {
  test('begin where their bits say', () => {
    expect(formatBlock(block('10.1.2.77/24'))).toBe('10.1.2.0/24')
    expect(formatBlock(block('fd00:1:2:3:4::/64'))).toBe('fd00:1:2:3::/64')
    expect(formatBlock(block('0.0.0.0/0'))).toBe('0.0.0.0/0')
  })

  test('hold their first and last address, and nothing of the other family', () => {
    const net = block('10.1.2.0/25')
    expect(contains(net, address('10.1.2.0'))).toBe(true)
    expect(contains(net, address('10.1.2.127'))).toBe(true)
    expect(contains(net, address('10.1.2.128'))).toBe(false)
    expect(contains(block('::/0'), address('10.1.2.1'))).toBe(false)
  })

  test('overlap where one holds the other, not where they only touch', () => {
    expect(overlaps(block('10.0.0.0/8'), block('10.1.2.0/24'))).toBe(true)
    expect(overlaps(block('10.1.2.0/25'), block('10.1.2.128/25'))).toBe(false)
    expect(overlaps(block('fd00::/64'), block('10.0.0.0/8'))).toBe(false)
  })
})
