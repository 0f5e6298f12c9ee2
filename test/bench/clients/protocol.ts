import type { EventLoopDelay } from './eventLoopDelay'

/** What a client is told on its command line, as JSON. */
export interface ClientTask {
  socketPath: string
  containers: { id: string; pid: number }[]
  /** How our sampler reads. */
  source: 'cgroup' | 'engine-api'
  /** The kernel's files that the bare loop reads. */
  files: string[]
  /** An existing folder for what the app keeps. */
  dataFolder: string
}

/** What a client is asked while it runs. */
export type Request =
  | { kind: 'begin' }
  | { kind: 'end' }
  | { kind: 'event-loop-delay'; millis: number }
  | { kind: 'stop' }

/** What a client answers, to the requests in their order; `ready` comes unasked. */
export type Reply =
  | {
      kind: 'ready'
      /** Where a page reaches the app. */
      port: number | null
      /** The files of the kernel that it keeps open. */
      files: string[]
      /** What is done once a minute beside the ticks: writing history to the disk. */
      minuteCpuMillis: number | null
    }
  | { kind: 'begun' }
  | { kind: 'ended'; report: ClientReport }
  | { kind: 'event-loop-delay'; delay: EventLoopDelay }

/** What a client used and received between `begin` and `end`. */
export interface ClientReport {
  /** User and system time of the whole process, and of the children that it has waited for. */
  cpuMillis: number
  /** The part of it that its ticks took: the work itself, without a waiting process's own needs. */
  tickCpuMillis: number | null
  /** Figures received, of all containers together; null where it cannot be known. */
  samples: number | null
  residentBytes: number
}
