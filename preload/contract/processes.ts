import { z } from 'zod'
import { containerId, engineScope, moment, procedure, stream } from './base'
import type { Problem } from './errors'

/** Signals that a person sends (signal(7)), without `SIG`. */
export const signals = [
  'TERM',
  'KILL',
  'HUP',
  'INT',
  'QUIT',
  'USR1',
  'USR2',
  'STOP',
  'CONT',
] as const
export type Signal = (typeof signals)[number]

export const topProcess = z.object({
  /** As the engine's machine counts. */
  pid: z.number(),
  /** As the container counts; null where that is not known. */
  containerPid: z.number().nullable(),
  parentPid: z.number(),
  /** A name or an id, as the machine has it. */
  user: z.string(),
  /** As ps tells it: `S`, `R`, `T`, `Z`, …; empty where it is not told. */
  state: z.string(),
  /** Of one processor, since the last look; null at the first. */
  cpuPercent: z.number().nullable(),
  residentBytes: z.number().nullable(),
  startedAt: moment.nullable(),
  /** Hostile. */
  command: z.string(),
})
export type TopProcess = z.infer<typeof topProcess>

/** What runs in a container now. */
export type TopMessage =
  | {
      kind: 'processes'
      /** `kernel`: read on this machine; `engine`: asked of the engine, which tells less. */
      from: 'kernel' | 'engine'
      /** The container's first process. */
      firstPid: number
      processes: TopProcess[]
      /** Beside the first 500. */
      more: number
    }
  /** It does not run, or cannot be looked at. */
  | { kind: 'nothing'; problem: Problem }

export const processes = {
  /** Looks every two seconds while somebody listens. */
  watch: procedure.input(engineScope.extend({ id: containerId })).output(stream<TopMessage>()),
  /**
   * Sends a signal to one process. `startedAt` is what was seen with it: another process that has its id
   * by now gets none (`not-found`).
   */
  signal: procedure
    .input(
      engineScope.extend({
        id: containerId,
        pid: z.int().min(1),
        containerPid: z.int().min(1).nullable(),
        startedAt: moment.nullable(),
        signal: z.enum(signals),
      }),
    )
    .output(z.void()),
}
