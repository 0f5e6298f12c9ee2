import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpuMillisOf } from '../engineCpu'
import type { ClientReport, ClientTask, Message } from './measure'

/** A client that receives statistics in a process of its own. */
export interface Client {
  /** Begins to count what it uses and receives. */
  begin(): void
  /** Ends the process and tells; `samples` is null where it cannot be known. */
  end(): Promise<{ cpuMillis: number; samples: number | null }>
}

/** Runs a built client (see build.ts) and waits until it receives. */
export async function startModule(path: string, task: ClientTask): Promise<Client> {
  const child = fork(path, [JSON.stringify(task)])
  const send = (message: Message) => child.send(message)
  await once(child, 'message')
  return {
    begin: () => send('begin'),
    async end() {
      send('end')
      const [report] = (await once(child, 'message')) as [ClientReport]
      return report
    },
  }
}

/** Runs a command that shows statistics until it is ended. */
export function startCommand(command: string, args: string[]): Client {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  const pids = child.pid === undefined ? [] : [child.pid]
  let before = 0
  return {
    begin: () => (before = cpuMillisOf(pids)),
    async end() {
      const cpuMillis = cpuMillisOf(pids) - before
      child.kill()
      await once(child, 'exit')
      return { cpuMillis, samples: null }
    },
  }
}
