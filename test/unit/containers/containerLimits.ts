import type { ContainerLimits } from '../../../preload/contract/limits'

export const MIB = 1024 ** 2

/** Half a core and 64 MiB of a machine with four cores and 8 GiB, of which it uses little. */
export function containerLimits(changes: Partial<ContainerLimits> = {}): ContainerLimits {
  return {
    limits: {
      cpu: 0.5,
      memory: 64 * MIB,
      reservation: null,
      processes: null,
      restart: { name: 'no', maximumRetries: 0 },
    },
    use: {
      cpuPercent: 31,
      memoryBytes: 20 * MIB,
      memoryAnonymousBytes: 10 * MIB,
      processes: 3,
    },
    machine: { cores: 4, memoryBytes: 8 * 1024 * MIB },
    running: true,
    autoRemove: false,
    unchangeable: [],
    unremovable: [],
    lasting: true,
    ...changes,
  }
}
