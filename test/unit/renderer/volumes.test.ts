import { describe, expect, test } from 'vitest'
import { matchesSearch, passesFilter, volumeFilter } from '../../../renderer/volumes/filter'
import { takenTogether, volumeName } from '../../../renderer/volumes/names'
import { prunableVolumes } from '../../../renderer/volumes/prune/criteria'
import { planVolumeRemoval } from '../../../renderer/volumes/removal'
import { volume } from './fixtures'

const user = 'a'.repeat(64)

const sized = (apparentBytes: number, allocatedBytes: number | null) => ({
  ...{ apparentBytes, allocatedBytes, entries: 1, source: 'folder' as const, measuredAt: 1 },
})

describe('the list of volumes', () => {
  const used = volume('data', { usedBy: [user] })
  const anonymous = volume('b'.repeat(64), { anonymous: true })

  test('is filtered by use and kind; a filter that is gone means all', () => {
    expect([used, anonymous].filter((each) => passesFilter(each, 'in-use'))).toEqual([used])
    expect([used, anonymous].filter((each) => passesFilter(each, 'unused'))).toEqual([anonymous])
    expect([used, anonymous].filter((each) => passesFilter(each, 'anonymous'))).toEqual([anonymous])
    expect(volumeFilter('former')).toBe('all')
  })

  test('is searched by name, project and label', () => {
    const shop = volume('data', { composeProject: 'shop', labels: { team: 'Payments' } })
    expect(matchesSearch(shop, 'DATA shop')).toBe(true)
    expect(matchesSearch(shop, 'team=payments')).toBe(true)
    expect(matchesSearch(shop, 'team=sales')).toBe(false)
  })

  test('shortens names that nobody gave', () => {
    expect(volumeName(anonymous)).toBe('b'.repeat(12))
    expect(volumeName(used)).toBe('data')
  })

  test('adds up what is measured, on the disk where that was seen', () => {
    const some = [
      volume('one', { size: sized(10, 4_096) }),
      volume('two', { size: sized(10, null) }),
      volume('three'),
    ]
    expect(takenTogether(some)).toEqual({ bytes: 4_106, unmeasured: 1 })
  })
})

describe('a prune', () => {
  const all = [
    volume('used', { usedBy: [user] }),
    volume('named', { labels: { team: 'payments' } }),
    volume('c'.repeat(64), { anonymous: true }),
    volume('d'.repeat(64), { anonymous: true, usedBy: [user] }),
  ]
  const idsOf = (criteria: Parameters<typeof prunableVolumes>[1]) =>
    prunableVolumes(all, criteria).map(({ id }) => id)

  test('of anonymous volumes keeps named ones, and no prune takes one that is used', () => {
    expect(idsOf({ scope: 'anonymous', search: '' })).toEqual(['c'.repeat(64)])
    expect(idsOf({ scope: 'unused', search: '' })).toEqual(['named', 'c'.repeat(64)])
  })

  test('takes what is found by a label', () => {
    expect(idsOf({ scope: 'unused', search: 'team=payments' })).toEqual(['named'])
  })
})

test('a removal tells what goes with how much, and what stays for whom', () => {
  const containers = new Map([[user, { name: 'shop-db' }]])
  const [going, staying] = [
    volume('going', { size: sized(7, 7) }),
    volume('staying', { usedBy: [user, 'e'.repeat(64)] }),
  ]
  expect(planVolumeRemoval([going, staying], containers)).toEqual({
    going: [going],
    bytes: 7,
    unmeasured: 0,
    staying: [{ volume: staying, users: ['shop-db', 'e'.repeat(12)] }],
  })
})
