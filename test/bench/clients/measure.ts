import { measureEventLoopDelay } from './eventLoopDelay'
import type { ClientReport, ClientTask, Reply, Request } from './protocol'

/** A client that receives statistics, as the measurement sees it. Counters only grow. */
export interface Subject {
  samples?(): number
  tickCpuMillis?(): number
  /** CPU of children that have ended. */
  childrenCpuMillis?(): number
  /** Resident memory where it is not this process that counts. */
  residentBytes?(): number
  /** Resolves when a measurement can fairly begin or end: between two rounds. */
  boundary?(): Promise<void>
  port?: number
  files?: string[]
  minuteCpuMillis?: number | null
}

/**
 * The client's side of a measurement: says `ready` once `start` has settled, and reports what was used
 * and received between `begin` and `end`.
 */
export async function measure(start: (task: ClientTask) => Promise<Subject>): Promise<void> {
  const subject = await start(JSON.parse(process.argv[2] ?? '') as ClientTask)
  let before = read(subject)
  process.on('message', (request: Request) => void answer(request))
  const { port = null, files = [], minuteCpuMillis = null } = subject
  reply({ kind: 'ready', port, files, minuteCpuMillis })

  async function answer(request: Request): Promise<void> {
    switch (request.kind) {
      case 'begin':
        await subject.boundary?.()
        before = read(subject)
        reply({ kind: 'begun' })
        break
      case 'end':
        await subject.boundary?.()
        reply({ kind: 'ended', report: since(before, read(subject)) })
        break
      case 'event-loop-delay':
        reply({ kind: request.kind, delay: await measureEventLoopDelay(request.millis) })
        break
      case 'stop':
        process.exit()
    }
  }
}

function read(subject: Subject): ClientReport {
  const { user, system } = process.cpuUsage()
  return {
    cpuMillis: (user + system) / 1_000 + (subject.childrenCpuMillis?.() ?? 0),
    tickCpuMillis: subject.tickCpuMillis?.() ?? null,
    samples: subject.samples?.() ?? null,
    residentBytes: subject.residentBytes?.() ?? process.memoryUsage.rss(),
  }
}

function since(before: ClientReport, now: ClientReport): ClientReport {
  const difference = (from: number | null, to: number | null) =>
    from === null || to === null ? null : to - from
  return {
    cpuMillis: now.cpuMillis - before.cpuMillis,
    tickCpuMillis: difference(before.tickCpuMillis, now.tickCpuMillis),
    samples: difference(before.samples, now.samples),
    residentBytes: now.residentBytes,
  }
}

function reply(message: Reply): void {
  process.send?.(message)
}
