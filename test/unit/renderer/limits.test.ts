import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  restartPolicyNames,
  type ContainerLimits,
  type LimitChanges,
} from '../../../preload/contract/limits'
import { readBytes, readCount, writeBytes } from '../../../renderer/amounts'
import {
  formerOf,
  formOf,
  readForm,
  type LimitsForm,
} from '../../../renderer/containers/limits/form'
import { changesText, limitFacts } from '../../../renderer/containers/limits/sentences'
import { useWords } from '../../../renderer/words'
import { containerLimits, MIB } from '../containers/containerLimits'

const { t } = useWords()

describe('an amount', () => {
  it('of bytes is written as it is read', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(readBytes(writeBytes(bytes))).toEqual({ ok: true, value: bytes })
      }),
    )
  })

  it.each([
    [64 * MIB, '64 MiB'],
    [1.25 * 1024 * MIB, '1.25 GiB'],
    [1_000_000, '1000000 B'],
    [100_000_000, '97656.25 KiB'],
    [0, '0 B'],
  ])('%j bytes are %j', (bytes, text) => {
    expect(writeBytes(bytes)).toBe(text)
  })

  it.each([
    ['', { ok: true, value: null }],
    [' 50 ', { ok: true, value: 50 }],
    ['1.5', { ok: false, reason: 'not-a-count' }],
    ['-1', { ok: false, reason: 'not-a-count' }],
    ['1'.repeat(16), { ok: false, reason: 'not-a-count' }],
  ])('%j is a count or not', (text, amount) => {
    expect(readCount(text)).toEqual(amount)
  })
})

const amount = (values: fc.Arbitrary<number>) => fc.option(values)
const someLimits: fc.Arbitrary<ContainerLimits['limits']> = fc.record({
  cpu: amount(fc.double({ min: 0.01, max: 64, noNaN: true })),
  memory: amount(fc.nat({ max: 2 ** 45 })),
  reservation: amount(fc.nat({ max: 2 ** 45 })),
  processes: amount(fc.nat()),
  restart: fc
    .record({ name: fc.constantFrom(...restartPolicyNames), retries: fc.nat() })
    .map(({ name, retries }) => ({ name, maximumRetries: name === 'on-failure' ? retries : 0 })),
})

describe('the form of limits', () => {
  it('asks for nothing while nothing is touched, however odd the limits are', () => {
    fc.assert(
      fc.property(someLimits, (limits) => {
        const { changes, misread } = readForm(formOf(limits), limits)
        expect(changes).toEqual({})
        expect(misread.size).toBe(0)
      }),
    )
  })

  it.each<[string, Partial<LimitsForm>, LimitChanges]>([
    ['a limit', { cpu: '1,5' }, { cpu: 1.5 }],
    ['none', { cpu: ' ', memory: '' }, { cpu: null, memory: null }],
    ['what is in force, in other words', { memory: '65536k', cpu: '.50' }, {}],
    ['processes', { processes: '20' }, { processes: 20 }],
    ['a reservation', { reservation: '32m' }, { reservation: 32 * MIB }],
    [
      'a policy with retries',
      { restart: 'on-failure', retries: '3' },
      { restart: { name: 'on-failure', maximumRetries: 3 } },
    ],
    [
      'as many retries as it takes',
      { restart: 'on-failure', retries: '' },
      { restart: { name: 'on-failure', maximumRetries: 0 } },
    ],
    [
      'a policy that does not count',
      { restart: 'always', retries: 'x' },
      { restart: { name: 'always', maximumRetries: 0 } },
    ],
  ])('asks only for what differs: %s', (_name, typed, changes) => {
    const { limits } = containerLimits()
    const reading = readForm({ ...formOf(limits), ...typed }, limits)
    expect(reading.changes).toEqual(changes)
    expect(reading.misread.size).toBe(0)
  })

  it.each<[Partial<LimitsForm>, Record<string, string>]>([
    [{ cpu: 'half' }, { cpu: 'not-a-number' }],
    [{ memory: '256' }, { memory: 'unit-missing' }],
    [{ reservation: 'much' }, { reservation: 'not-a-size' }],
    [{ memory: '9999999999 t' }, { memory: 'not-a-size' }],
    [{ processes: '1.5' }, { processes: 'not-a-count' }],
    [{ restart: 'on-failure', retries: '99999999999' }, { retries: 'not-a-count' }],
  ])('says what it cannot read in %j, and asks for nothing there', (typed, misread) => {
    const { limits } = containerLimits()
    const reading = readForm({ ...formOf(limits), ...typed }, limits)
    expect(Object.fromEntries(reading.misread)).toEqual(misread)
    expect(reading.changes).toEqual({})
  })

  it('knows what takes any change back', () => {
    fc.assert(
      fc.property(someLimits, someLimits, (before, after) => {
        const { changes } = readForm(formOf(after), before)
        expect({ ...before, ...changes, ...formerOf(changes, before) }).toEqual(before)
        expect(Object.keys(formerOf(changes, before)).sort()).toEqual(Object.keys(changes).sort())
      }),
    )
  })
})

describe('changed limits in words', () => {
  it.each<[LimitChanges, string]>([
    [{ cpu: 1 }, '1 core'],
    [{ cpu: 1.5, memory: 128 * MIB }, '1.5 cores, 128 MiB of memory'],
    [{ processes: 1, reservation: null }, 'nothing reserved, 1 process at most'],
    [{ restart: { name: 'on-failure', maximumRetries: 0 } }, 'restart policy “When it fails”'],
    [
      { cpu: null, memory: null, processes: null },
      'no CPU limit, no memory limit, no limit of processes',
    ],
  ])('%j: %s', (changes, text) => {
    expect(changesText(changes, containerLimits(), t)).toBe(text)
  })

  it('tell all cores where the engine takes no limit away', () => {
    expect(changesText({ cpu: null }, containerLimits({ unremovable: ['cpu'] }), t)).toBe('4 cores')
  })

  it('are listed in the overview: the usual two, the others where they are set', () => {
    const shown = (limits: Parameters<typeof limitFacts>[0]) =>
      limitFacts(limits, t).map(({ label, value }) => `${label}: ${value}`)
    expect(shown({ cpu: null, memory: null })).toEqual(['CPU: No limit', 'Memory: No limit'])
    expect(shown({ ...containerLimits().limits, processes: 50 })).toEqual([
      'CPU: 0.5 cores',
      'Memory: 64 MiB',
      'Processes: 50',
    ])
  })
})
