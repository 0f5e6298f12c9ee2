import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capabilityNames } from '../../../preload/contract/isolation'
import { readCapabilities } from '../../../main/isolation/capabilities'
import { identify, isIdentity, parseIdMap } from '../../../main/isolation/idMap'
import { limitFilesV1 } from '../../../main/isolation/limits/v1'
import { limitFilesV2 } from '../../../main/isolation/limits/v2'
import { parseNamespaceLink } from '../../../main/isolation/namespaces'
import { parseCommandLine, parseCpuMillis } from '../../../main/isolation/processes'
import { parseProcessStatus } from '../../../main/isolation/processStatus'
import { moduleOf, parseProtections } from '../../../main/isolation/security'

const masks = (mask: bigint) => ({
  effective: mask,
  permitted: mask,
  bounding: mask,
  inheritable: 0n,
  ambient: 0n,
})

describe('a process’s status', () => {
  test('is read whatever the process calls itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.array(fc.nat(), { minLength: 1 }), (name, uid, ids) => {
        const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
        const status = parseProcessStatus(
          `Name:\t${escaped}\nUid:\t1\t${uid}\t2\t3\nNSpid:\t${ids.join('\t')}\nSeccomp:\t2\n`,
        )
        expect(status).toMatchObject({ name: name.trim(), uid, pids: ids, seccompMode: 2 })
      }),
    )
  })

  test('that is no status has zeros, not failures', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { uid, gid, threads, residentBytes } = parseProcessStatus(`Uid:${text}\n${text}`)
        for (const value of [uid, gid, threads, residentBytes]) expect(value).not.toBeNaN()
      }),
    )
  })
})

describe('capabilities', () => {
  test('are named by their bits', () => {
    fc.assert(
      fc.property(fc.subarray([...capabilityNames]), (names) => {
        const mask = names.reduce(
          (sum, name) => sum | (1n << BigInt(capabilityNames.indexOf(name))),
          0n,
        )
        const hex = mask.toString(16).padStart(16, '0')
        const { capabilities } = parseProcessStatus(`CapEff:\t${hex}\nCapBnd:\t${hex}\n`)
        const read = readCapabilities(capabilities, [])
        expect(read.map(({ name }) => name)).toEqual(names)
        expect(read.every(({ effective, permitted }) => effective && !permitted)).toBe(true)
      }),
    )
  })

  test('that the engine usually gives are there when they were dropped', () => {
    expect(readCapabilities(masks(1n), ['CAP_NET_RAW'])).toMatchObject([
      { name: 'CAP_CHOWN', bounding: true, usual: false },
      { name: 'CAP_NET_RAW', bounding: false, usual: true },
    ])
  })

  test('newer than those that have a name are left out', () => {
    expect(readCapabilities(masks(1n << 60n), [])).toEqual([])
  })
})

describe('a map of ids', () => {
  test('turns every id of a range into the one inside, and no other', () => {
    const range = fc.record({
      inside: fc.nat(100_000),
      outside: fc.nat(1_000_000),
      count: fc.integer({ min: 1, max: 70_000 }),
    })
    fc.assert(
      fc.property(range, fc.integer({ min: -10, max: 70_010 }), (each, offset) => {
        const map = parseIdMap(
          `${String(each.inside).padStart(10)} ${String(each.outside).padStart(10)} ${String(each.count).padStart(10)}\n`,
        )
        expect(map).toEqual([each])
        const isInside = offset >= 0 && offset < each.count
        const expected = isInside ? each.inside + offset : null
        expect(identify(each.outside + offset, map).inside).toBe(expected)
      }),
    )
  })

  test('is the identity only where it has all ids, one to one', () => {
    expect(isIdentity(parseIdMap('0 0 4294967295\n'))).toBe(true)
    expect(isIdentity(parseIdMap('0 1000 1\n1 100000 65536\n'))).toBe(false)
    expect(isIdentity(parseIdMap('0 0 65536\n'))).toBe(false)
    expect(isIdentity(parseIdMap('nonsense'))).toBe(false)
  })
})

describe('files of limits', () => {
  test.each([
    ['v1', limitFilesV1],
    ['v2', limitFilesV2],
  ])('of %s never give a number that is none, whatever stands in them', (_version, files) => {
    const figures = fc.constantFrom(
      'max',
      '-1',
      '0',
      '9223372036854771712',
      '50000 100000',
      'a *:* rwm',
    )
    const text = fc.oneof(
      fc.string(),
      figures,
      fc.string({ unit: fc.constantFrom('0', '19', ' ', ':', '=', '-', '\n', 'max', 'rbps') }),
    )
    fc.assert(
      fc.property(text, text, (content, beside) => {
        for (const file of files) {
          const groups = { direction: 'read', unit: 'bps', size: '2MB' }
          for (const limit of file.parse(content, { groups, beside, atRoot: null })) {
            const numbers = Object.values(limit).filter((value) => typeof value === 'number')
            for (const value of numbers) expect(value).toBeGreaterThanOrEqual(0)
          }
        }
      }),
    )
  })
})

describe('what the kernel writes', () => {
  test('as the link of a namespace has its number', () => {
    expect(parseNamespaceLink('pid:[4026531836]')).toBe(4026531836)
    expect(parseNamespaceLink('/somewhere/else')).toBeNull()
  })

  test('as a command line has zero bytes between its arguments', () => {
    const argument = fc.string({ minLength: 1 }).map((text) => text.replaceAll('\0', 'x'))
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1 }), (argv) => {
        expect(parseCommandLine(argv.map((each) => `${each}\0`).join(''))).toBe(argv.join(' '))
      }),
    )
  })

  test('as the times of a process comes after a name that may look like them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), fc.nat(), fc.nat(), (name, user, system) => {
        const before = '1 1 1 0 -1 0 0 0 0 0'
        const stat = `7 (${name}) S ${before} ${user} ${system} 0 0 20 0 1 0 1 2 3\n`
        expect(parseCpuMillis(stat)).toBe((user + system) * 10)
      }),
    )
  })

  test('as the label of a security module tells which one it is', () => {
    expect(moduleOf('docker-default (enforce)')).toBe('apparmor')
    expect(moduleOf('unconfined')).toBe('apparmor')
    expect(moduleOf('system_u:system_r:container_t:s0:c1,c2')).toBe('selinux')
    expect(moduleOf('_')).toBe('other')
  })

  test('as mounts of a privileged container hides nothing', () => {
    const mounts = [
      '1 0 0:39 / / rw,relatime - overlay overlay rw',
      '2 1 0:42 / /proc rw,nosuid - proc proc rw',
      '3 1 0:45 / /sys rw,nosuid - sysfs sysfs rw',
      '4 3 0:46 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro',
    ]
    expect(parseProtections(mounts.join('\n'))).toEqual({
      rootReadOnly: false,
      maskedPaths: [],
      readOnlyPaths: [],
    })
  })
})
