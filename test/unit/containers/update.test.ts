import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LEAST_CORES,
  LEAST_MEMORY_BYTES,
  limitChanges,
  limitFields,
  limitProblems,
  restartPolicyNames,
  type ContainerLimits,
  type LimitChanges,
  type LimitProblem,
} from '../../../preload/contract/limits'
import { containerLimits, MIB } from './containerLimits'

/** A running container without limits, which uses little. */
function known(changes: Partial<ContainerLimits> = {}): ContainerLimits {
  return containerLimits({
    limits: {
      cpu: null,
      memory: null,
      reservation: null,
      processes: null,
      restart: { name: 'no', maximumRetries: 0 },
    },
    use: { cpuPercent: 30, memoryBytes: 100 * MIB, memoryAnonymousBytes: 60 * MIB, processes: 7 },
    ...changes,
  })
}

const told = (changes: LimitChanges, now = known()) =>
  limitProblems(now, changes).map(({ severity, code }) => `${severity}: ${code}`)

describe('what speaks against new limits', () => {
  test.each<[string, LimitChanges, string[]]>([
    ['less CPU than engines give', { cpu: 0.005 }, ['error: cpu-too-small']],
    ['more cores than there are', { cpu: 4.5 }, ['error: cpu-above-machine']],
    ['less CPU than it uses', { cpu: 0.2 }, ['warning: cpu-below-use']],
    ['less memory than engines give', { memory: 5 * MIB }, ['error: memory-too-small']],
    ['more memory than there is', { memory: 9000 * MIB }, ['warning: memory-above-machine']],
    ['less than it can give back', { memory: 50 * MIB }, ['error: memory-below-anonymous']],
    ['less than it uses', { memory: 80 * MIB }, ['warning: memory-below-use']],
    ['a reservation that engines refuse', { reservation: MIB }, ['error: reservation-too-small']],
    ['no processes', { processes: 0 }, ['error: processes-too-few']],
    ['fewer processes than it has', { processes: 6 }, ['warning: processes-below-use']],
    [
      'retries that nothing counts',
      { restart: { name: 'always', maximumRetries: 3 } },
      ['error: retries-not-used'],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(told(changes)).toEqual(expected)
  })

  test('a reservation above the limit, whichever of the two is changed', () => {
    const limits = { ...known().limits, memory: 256 * MIB, reservation: 200 * MIB }
    const now = known({ limits })
    const above = ['error: reservation-above-limit']
    expect(told({ reservation: 300 * MIB }, now)).toEqual(above)
    expect(told({ memory: 150 * MIB }, now)).toEqual(above)
    expect(told({ memory: 150 * MIB, reservation: 100 * MIB }, now)).toEqual([])
    expect(told({ memory: null, reservation: 300 * MIB }, now)).toEqual([])
    expect(told({ memory: 150 * MIB, reservation: null }, now)).toEqual([])
  })

  test('a restart of a container that is removed when it ends', () => {
    const now = known({ autoRemove: true })
    expect(told({ restart: { name: 'always', maximumRetries: 0 } }, now)).toEqual([
      'error: restart-auto-remove',
    ])
    expect(told({ restart: { name: 'no', maximumRetries: 0 } }, now)).toEqual([])
  })

  test('use that is not known forbids nothing', () => {
    const unknown = { cpuPercent: null, memoryBytes: null, processes: null }
    const now = known({ use: { ...unknown, memoryAnonymousBytes: null } })
    expect(told({ cpu: 0.1, memory: 10 * MIB, processes: 1 }, now)).toEqual([])
  })
})

const amounts = {
  cpu: fc.double({ min: -1, max: 10, noNaN: true }),
  memory: fc.integer({ min: -1, max: 16_384 * MIB }),
  reservation: fc.integer({ min: -1, max: 16_384 * MIB }),
  processes: fc.integer({ min: -5, max: 100_000 }),
}
const policies = fc.record({
  name: fc.constantFrom(...restartPolicyNames),
  maximumRetries: fc.integer({ min: 0, max: 5 }),
})
const changes: fc.Arbitrary<LimitChanges> = fc.record(
  {
    cpu: fc.option(amounts.cpu),
    memory: fc.option(amounts.memory),
    reservation: fc.option(amounts.reservation),
    processes: fc.option(amounts.processes),
    restart: policies,
  },
  { requiredKeys: [] },
)
const situations = fc
  .record({
    limits: fc.record({
      cpu: fc.option(amounts.cpu),
      memory: fc.option(amounts.memory),
      reservation: fc.option(amounts.reservation),
      processes: fc.option(amounts.processes),
      restart: policies,
    }),
    autoRemove: fc.boolean(),
    unchangeable: fc.subarray([...limitFields]),
  })
  .map(({ unchangeable, ...rest }) =>
    known({
      ...rest,
      unchangeable: unchangeable.map((field) => ({
        field,
        reason: 'not-running',
        since: 'Ship 2',
      })),
    }),
  )
const isError = ({ severity }: LimitProblem) => severity === 'error'

describe('for any container and any change', () => {
  test('nothing is said where nothing changes, and one field at most once per code', () => {
    fc.assert(
      fc.property(situations, changes, (now, wanted) => {
        expect(limitProblems(now, {})).toEqual([])
        const problems = limitProblems(now, wanted)
        const keys = problems.map(({ field, code }) => `${field} ${code}`)
        expect(new Set(keys).size).toBe(keys.length)
        // A lower memory limit speaks against a reservation that was there before.
        const touched = new Set<string>(Object.keys(wanted))
        if (touched.has('memory')) touched.add('reservation')
        expect(problems.every(({ field }) => touched.has(field))).toBe(true)
      }),
    )
  })

  test('what no error speaks against is within what engines accept', () => {
    fc.assert(
      fc.property(situations, changes, (now, wanted) => {
        fc.pre(!limitProblems(now, wanted).some(isError))
        const { cpu, memory, reservation, processes, restart } = wanted
        if (typeof cpu === 'number') {
          expect(cpu).toBeGreaterThanOrEqual(LEAST_CORES)
          expect(cpu).toBeLessThanOrEqual(now.machine.cores)
        }
        for (const bytes of [memory, reservation]) {
          if (typeof bytes === 'number') expect(bytes).toBeGreaterThanOrEqual(LEAST_MEMORY_BYTES)
        }
        if (typeof processes === 'number') expect(processes).toBeGreaterThan(0)
        if (restart && now.autoRemove) expect(restart.name).toBe('no')
        for (const { field } of now.unchangeable) expect(wanted[field]).toBeUndefined()
        expect(limitChanges.safeParse(wanted).success).toBe(true)
      }),
    )
  })

  test('taking limits away is always possible where the engine changes them', () => {
    fc.assert(
      fc.property(situations, (now) => {
        const none = { cpu: null, memory: null, reservation: null, processes: null }
        expect(limitProblems({ ...now, unchangeable: [] }, none)).toEqual([])
      }),
    )
  })
})
