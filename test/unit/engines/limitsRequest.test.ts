import { describe, expect, test } from 'vitest'
import type { LimitsUpdate } from '../../../main/engines/dialect/dialect'
import { dockerDialect } from '../../../main/engines/dialect/docker'
import { podmanDialect } from '../../../main/engines/dialect/podman'

const MIB = 1024 * 1024
const machine = { cores: 4, memoryBytes: 8192 * MIB }
const everything: LimitsUpdate = {
  cpuCores: 1.5,
  memory: { bytes: 64 * MIB, andSwapBytes: 128 * MIB },
  reservationBytes: 32 * MIB,
  processes: 50,
  restart: { name: 'on-failure', maximumRetries: 3 },
}
const noLimits: LimitsUpdate = {
  cpuCores: null,
  memory: { bytes: null, andSwapBytes: -1 },
  reservationBytes: null,
  processes: null,
}

describe('Docker is asked for limits', () => {
  const bodyOf = (update: LimitsUpdate, byQuota = false) =>
    dockerDialect.limitsRequest('abc', update, { byQuota, machine }).body

  test('on its one route, with only what changes', () => {
    expect(
      dockerDialect.limitsRequest('abc', { processes: 50 }, { byQuota: false, machine }),
    ).toEqual({ path: '/containers/abc/update', query: {}, body: { PidsLimit: 50 } })
    expect(bodyOf(everything)).toEqual({
      NanoCpus: 1_500_000_000,
      Memory: 64 * MIB,
      MemorySwap: 128 * MIB,
      MemoryReservation: 32 * MIB,
      PidsLimit: 50,
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    })
  })

  test('to all that the machine has, where it takes a limit away no more', () => {
    expect(bodyOf(noLimits)).toEqual({
      NanoCpus: 4_000_000_000,
      Memory: 8192 * MIB,
      MemorySwap: 16_384 * MIB,
      MemoryReservation: -1,
      PidsLimit: -1,
    })
  })

  test('as a quota where the container was created with one, which can be taken away', () => {
    expect(bodyOf({ cpuCores: 0.25 }, true)).toEqual({ CpuQuota: 25_000, CpuPeriod: 100_000 })
    expect(bodyOf({ cpuCores: null }, true)).toEqual({ CpuQuota: -1, CpuPeriod: 100_000 })
  })

  test('without a word of swap where the kernel does not count it', () => {
    expect(bodyOf({ memory: { bytes: 64 * MIB, andSwapBytes: null } })).toEqual({
      Memory: 64 * MIB,
    })
  })
})

describe('Podman is asked for limits', () => {
  const requestOf = (update: LimitsUpdate) =>
    podmanDialect.limitsRequest('abc', update, { byQuota: true, machine })

  test("on libpod's own route, as the OCI runtime takes them", () => {
    expect(requestOf(everything)).toEqual({
      path: '/libpod/containers/abc/update',
      query: { restartPolicy: 'on-failure', restartRetries: '3' },
      body: {
        cpu: { quota: 150_000, period: 100_000 },
        memory: { limit: 64 * MIB, swap: 128 * MIB, reservation: 32 * MIB },
        pids: { limit: 50 },
      },
    })
    expect(requestOf({ processes: 50 })).toMatchObject({ query: {}, body: { pids: { limit: 50 } } })
  })

  test('retries are named only with the policy that has them, as it refuses others', () => {
    const restart = { name: 'always', maximumRetries: 0 } as const
    expect(requestOf({ restart })).toMatchObject({ query: { restartPolicy: 'always' }, body: {} })
    expect(requestOf({ restart }).query).not.toHaveProperty('restartRetries')
  })

  test('takes every limit away', () => {
    expect(requestOf(noLimits).body).toEqual({
      cpu: { quota: -1, period: 100_000 },
      memory: { limit: -1, swap: -1, reservation: -1 },
      pids: { limit: -1 },
    })
  })
})

describe('what an engine changes', () => {
  const podman = (version: string, running: boolean) => {
    const { unchangeable, lasting } = podmanDialect.limitsSupport(version, {
      running,
      byQuota: false,
    })
    return { lasting, not: unchangeable.map(({ field, reason }) => `${field} ${reason}`) }
  }
  const cgroupFields = ['cpu', 'memory', 'reservation', 'processes']

  test('Docker: everything, running or not, but it takes hardly a limit away', () => {
    const docker = (running: boolean, byQuota: boolean) =>
      dockerDialect.limitsSupport('20.10.24', { running, byQuota })
    const support = { unchangeable: [], unremovable: ['cpu', 'memory'], lasting: true }
    for (const running of [true, false]) expect(docker(running, false)).toEqual(support)
    expect(docker(true, true)).toEqual({ ...support, unremovable: ['memory'] })
  })

  test('Podman 5.1: everything, for good', () => {
    for (const running of [true, false]) {
      expect(podman('5.1.0', running)).toEqual({ lasting: true, not: [] })
    }
  })

  test('Podman 4.3 to 5.0: the cgroup of what runs, until it ends', () => {
    expect(podman('4.3.1', true)).toEqual({ lasting: false, not: ['restart engine-too-old'] })
    expect(podman('5.0.3', false)).toEqual({
      lasting: false,
      not: [...cgroupFields.map((field) => `${field} not-running`), 'restart engine-too-old'],
    })
  })

  test('Podman before 4.3: nothing', () => {
    expect(podman('4.2.0', true).not).toEqual(
      [...cgroupFields, 'restart'].map((field) => `${field} engine-too-old`),
    )
  })
})
