import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cpuMillisOf } from '../engineCpu'
import type { EventLoopDelay } from './eventLoopDelay'
import type { ClientReport, ClientTask, Reply, Request } from './protocol'

/** A client that receives statistics in a process of its own. */
export interface Client {
  /** Begins to count what it uses and receives. */
  begin(): Promise<void>
  /** What it used and received since. */
  end(): Promise<ClientReport>
  stop(): Promise<void>
}

/** A client of ours. */
export interface ModuleClient extends Client {
  pid: number
  /** Where a page reaches the app. */
  port: number | null
  /** The files of the kernel that it keeps open. */
  files: string[]
  /** What it does once a minute beside its ticks. */
  minuteCpuMillis: number | null
  eventLoopDelay(millis: number): Promise<EventLoopDelay>
}

/**
 * V8 collects garbage once more when a process becomes quiet, as after a warm-up or a start: tens of
 * milliseconds in some window that say nothing about what goes on every second.
 */
const NODE_OPTIONS = ['--no-memory-reducer']

/** Runs a built client (see build.ts) and waits until it is ready. */
export async function startModule(path: string, task: ClientTask): Promise<ModuleClient> {
  const child = fork(path, [JSON.stringify(task)], { execArgv: NODE_OPTIONS })
  const ended = once(child, 'exit')
  const { port, files, minuteCpuMillis } = await receive('ready')
  return {
    pid: child.pid ?? 0,
    port,
    files,
    minuteCpuMillis,
    async begin() {
      await ask({ kind: 'begin' }, 'begun')
    },
    end: async () => (await ask({ kind: 'end' }, 'ended')).report,
    eventLoopDelay: async (millis) =>
      (await ask({ kind: 'event-loop-delay', millis }, 'event-loop-delay')).delay,
    async stop() {
      child.send({ kind: 'stop' } satisfies Request)
      await ended
    },
  }

  function ask<Kind extends Reply['kind']>(request: Request, kind: Kind) {
    child.send(request)
    return receive(kind)
  }

  async function receive<Kind extends Reply['kind']>(kind: Kind) {
    const early = ended.then(() => {
      throw new Error(`${path} ended before it was told to.`)
    })
    const [reply] = (await Promise.race([once(child, 'message'), early])) as [Reply]
    if (!isOf(reply, kind)) throw new Error(`${path} answered ${reply.kind} instead of ${kind}.`)
    return reply
  }
}

/** Runs a command that shows statistics until it is ended. */
export function startCommand(command: string, args: string[]): Client {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  child.stdout.resume()
  const pids = child.pid === undefined ? [] : [child.pid]
  let before = 0
  return {
    begin() {
      before = cpuMillisOf(pids)
      return Promise.resolve()
    },
    end: () =>
      Promise.resolve({
        cpuMillis: cpuMillisOf(pids) - before,
        tickCpuMillis: null,
        samples: null,
        residentBytes: residentBytesOf(child.pid),
      }),
    async stop() {
      child.kill()
      await ended
    },
  }
}

function isOf<Kind extends Reply['kind']>(
  reply: Reply,
  kind: Kind,
): reply is Extract<Reply, { kind: Kind }> {
  return reply.kind === kind
}

function residentBytesOf(pid = 0): number {
  const [, kib = Number.NaN] =
    /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) * 1024
}
