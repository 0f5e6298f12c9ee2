import { z } from 'zod'

export const restartPolicyNames = ['no', 'on-failure', 'always', 'unless-stopped'] as const

export const restartPolicy = z.object({
  name: z.enum(restartPolicyNames),
  /** Of `on-failure`; 0: as often as it takes. */
  maximumRetries: z.int().min(0).max(2_147_483_647),
})
export type RestartPolicy = z.infer<typeof restartPolicy>

/** What can be changed of a container that is there. */
export const limitFields = ['cpu', 'memory', 'reservation', 'processes', 'restart'] as const
export type LimitField = (typeof limitFields)[number]

/** Only what changes; null takes a limit away. */
export const limitChanges = z.object({
  /** Cores: 1.5 is one and a half. */
  cpu: z.number().nullable().optional(),
  /** Bytes. */
  memory: z.int().nullable().optional(),
  /** Bytes: down to these the container is reclaimed from first when the machine is short of memory. */
  reservation: z.int().nullable().optional(),
  /** Processes and threads together. */
  processes: z.int().nullable().optional(),
  restart: restartPolicy.optional(),
})
export type LimitChanges = z.infer<typeof limitChanges>

/** Why an engine does not change a limit of a container that is there. */
export interface Unchangeable {
  field: LimitField
  reason: 'engine-too-old' | 'not-running'
  /** The engine that changes it, in words: `Podman 5.1`. */
  since: string
}

/** The limits of a container, and what a change of them is measured by. */
export interface ContainerLimits {
  /** In force now; null: none. */
  limits: {
    cpu: number | null
    memory: number | null
    reservation: number | null
    processes: number | null
    restart: RestartPolicy
  }
  /** What it uses now; null where that is not known, or it does not run. */
  use: {
    cpuPercent: number | null
    memoryBytes: number | null
    /** Memory that cannot be given back, as no file stands behind it. */
    memoryAnonymousBytes: number | null
    processes: number | null
  }
  machine: { cores: number; memoryBytes: number | null }
  running: boolean
  /** It is removed when it ends, so it cannot be restarted. */
  autoRemove: boolean
  /** What this engine does not change in this container. */
  unchangeable: Unchangeable[]
  /** What this engine takes no limit of away: all that the machine has is set instead. */
  unremovable: LimitField[]
  /** Changes are still in force after a restart of the container. */
  lasting: boolean
}

export type LimitProblemCode =
  | Unchangeable['reason']
  | 'cpu-too-small'
  | 'cpu-above-machine'
  | 'cpu-below-use'
  | 'memory-too-small'
  | 'memory-above-machine'
  | 'memory-below-anonymous'
  | 'memory-below-use'
  | 'reservation-above-limit'
  | 'reservation-too-small'
  | 'processes-too-few'
  | 'processes-below-use'
  | 'restart-auto-remove'
  | 'retries-not-used'

/** Why a change would be refused (`error`), or what it does that may not be meant (`warning`). */
export interface LimitProblem {
  field: LimitField
  severity: 'error' | 'warning'
  code: LimitProblemCode
  /** The bound that is passed, in the field's unit; null: none. */
  bound: number | null
}

/** Engines refuse less (moby daemon/daemon_unix.go: 0.01 CPUs; `linuxMinMemory`, also reserved). */
export const LEAST_CORES = 0.01
export const LEAST_MEMORY_BYTES = 6 * 1024 * 1024

/**
 * What speaks against a change, by what is known before it is sent: the page shows it while it is typed,
 * main refuses errors. Only fields that change are looked at.
 */
export function limitProblems(now: ContainerLimits, changes: LimitChanges): LimitProblem[] {
  const problems: LimitProblem[] = []
  const { use, machine } = now
  const add = (
    field: LimitField,
    severity: LimitProblem['severity'],
    code: LimitProblemCode,
    bound: number | null = null,
  ) => problems.push({ field, severity, code, bound })

  for (const { field, reason } of now.unchangeable) {
    if (changes[field] !== undefined) add(field, 'error', reason)
  }
  const { cpu, memory, processes, restart } = changes
  if (typeof cpu === 'number') {
    if (cpu < LEAST_CORES) add('cpu', 'error', 'cpu-too-small', LEAST_CORES)
    else if (cpu > machine.cores) add('cpu', 'error', 'cpu-above-machine', machine.cores)
    else if (use.cpuPercent !== null && cpu * 100 < use.cpuPercent) {
      add('cpu', 'warning', 'cpu-below-use', use.cpuPercent / 100)
    }
  }
  if (typeof memory === 'number') {
    if (memory < LEAST_MEMORY_BYTES) add('memory', 'error', 'memory-too-small', LEAST_MEMORY_BYTES)
    else if (machine.memoryBytes !== null && memory > machine.memoryBytes) {
      add('memory', 'warning', 'memory-above-machine', machine.memoryBytes)
    } else if (use.memoryAnonymousBytes !== null && memory < use.memoryAnonymousBytes) {
      add('memory', 'error', 'memory-below-anonymous', use.memoryAnonymousBytes)
    } else if (use.memoryBytes !== null && memory < use.memoryBytes) {
      add('memory', 'warning', 'memory-below-use', use.memoryBytes)
    }
  }
  // A lower memory limit can make a reservation that was right too high.
  if (changes.reservation !== undefined || memory !== undefined) {
    const limit = memory === undefined ? now.limits.memory : memory
    const reservation =
      changes.reservation === undefined ? now.limits.reservation : changes.reservation
    if (typeof changes.reservation === 'number' && changes.reservation < LEAST_MEMORY_BYTES) {
      add('reservation', 'error', 'reservation-too-small', LEAST_MEMORY_BYTES)
    } else if (reservation !== null && limit !== null && reservation > limit) {
      add('reservation', 'error', 'reservation-above-limit', limit)
    }
  }
  if (typeof processes === 'number') {
    if (processes < 1) add('processes', 'error', 'processes-too-few', 1)
    else if (use.processes !== null && processes < use.processes) {
      add('processes', 'warning', 'processes-below-use', use.processes)
    }
  }
  if (restart && restart.name !== 'no' && now.autoRemove) {
    add('restart', 'error', 'restart-auto-remove')
  } else if (restart && restart.name !== 'on-failure' && restart.maximumRetries > 0) {
    add('restart', 'error', 'retries-not-used')
  }
  return problems
}
