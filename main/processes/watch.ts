import { setTimeout as delay } from 'node:timers/promises'
import type { TopMessage, TopProcess } from '../../preload/contract/processes'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { Failure, toProblem } from '../errors'
import { isHere } from '../isolation/readIsolation'
import { kernelOfHere } from '../stats/cgroupPath'
import { askEngineTop } from './engineTop'
import { readKernelProcesses, type CountedProcess } from './kernel'

const lookMillis = 2_000

/** What runs in a container, looked at every two seconds until `signal` aborts. */
export async function* watchProcesses(
  linkNow: () => EngineLink,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<TopMessage, void, undefined> {
  const usage = new Usage()
  while (!signal.aborted) {
    yield await lookOrProblem(linkNow, id, usage, signal)
    await delay(lookMillis, undefined, { signal }).catch(() => undefined)
  }
}

async function lookOrProblem(
  linkNow: () => EngineLink,
  id: string,
  usage: Usage,
  signal: AbortSignal,
): Promise<TopMessage> {
  try {
    return await look(linkNow(), id, usage, signal)
  } catch (error) {
    return { kind: 'nothing', problem: toProblem(error) }
  }
}

async function look(
  link: EngineLink,
  id: string,
  usage: Usage,
  signal: AbortSignal,
): Promise<TopMessage> {
  const pid = await firstPidOf(link, id, signal)
  if (link.facts.sharesKernel && (await isHere({ id, pid }, kernelOfHere))) {
    const { processes, more } = await readKernelProcesses({ id, pid }, kernelOfHere)
    return {
      ...{ kind: 'processes', from: 'kernel', firstPid: pid, more },
      processes: usage.measured(processes, performance.now()),
    }
  }
  const processes = await askEngineTop(link, id, signal)
  return { kind: 'processes', from: 'engine', firstPid: pid, processes, more: 0 }
}

/** Of the container's first process, on its engine's machine. Throws `conflict` where it does not run. */
export async function firstPidOf(
  { client }: EngineLink,
  id: string,
  signal?: AbortSignal,
): Promise<number> {
  const { State } = await client.call(
    (docker, abortSignal) => docker.getContainer(id).inspect({ abortSignal }),
    { signal },
  )
  if (State.Pid > 0) return State.Pid
  throw new Failure('conflict', say`The container does not run, so it has no processes.`, {
    hint: say`Start it to see them.`,
  })
}

/** Rates out of counters: of the measured time between two looks, never the nominal one. */
class Usage {
  #before = new Map<string, number>()
  #atMillis = 0

  /** @param nowMillis of a clock that does not jump */
  measured(processes: readonly CountedProcess[], nowMillis: number): TopProcess[] {
    const before = this.#before
    const elapsed = nowMillis - this.#atMillis
    this.#before = new Map(processes.map((each) => [keyOf(each), each.cpuMillis]))
    this.#atMillis = nowMillis
    return processes.map(({ cpuMillis, ...process }) => {
      const last = before.get(keyOf(process))
      const known = last !== undefined && elapsed > 0 && cpuMillis >= last
      return { ...process, cpuPercent: known ? ((cpuMillis - last) / elapsed) * 100 : null }
    })
  }
}

/** An id is given again: with the second in which it began, it is one process. */
function keyOf({ pid, startedAt }: Pick<TopProcess, 'pid' | 'startedAt'>): string {
  return `${pid} ${Math.round((startedAt ?? 0) / 1_000)}`
}
