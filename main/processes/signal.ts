import type { Signal } from '../../preload/contract/processes'
import { say } from '../../preload/contract/say'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { isMissingProgram, runProgram } from '../files/program'
import { isHere } from '../isolation/readIsolation'
import { kernelOfHere } from '../stats/cgroupPath'
import { systemCodeOf } from '../systemFiles'
import { startOf } from './kernel'
import { firstPidOf } from './watch'

/** How far two readings of one start may lie apart: both round to a tick, milliseconds. */
const sameStartMillis = 1_000

interface SignalRequest {
  id: string
  pid: number
  containerPid: number | null
  startedAt: number | null
  signal: Signal
}

/**
 * Sends a signal to one process of a container: to the first by the engine, to others by this machine's
 * kernel where it is theirs and lets us, else by the container's own `kill`.
 */
export async function sendSignal(link: EngineLink, request: SignalRequest): Promise<void> {
  const { id, pid, containerPid, signal } = request
  if ((await firstPidOf(link, id)) === pid) {
    await link.client.call((docker, abortSignal) =>
      docker.getContainer(id).kill({ signal: `SIG${signal}`, abortSignal }),
    )
    return
  }
  if (link.facts.sharesKernel && (await sendHere(request))) return
  if (containerPid === null) {
    throw new Failure('conflict', say`This process cannot be signalled from here.`, {
      hint: say`The engine tells its id only as its own machine counts. Signal the first process, or stop the container.`,
    })
  }
  await sendInside(link, id, containerPid, signal)
}

/** @returns false where this user may not */
async function sendHere({ id, pid, startedAt, signal }: SignalRequest): Promise<boolean> {
  // Looked at right before: another program may have its id by now.
  const start = await startOf(kernelOfHere.procRoot, pid)
  const isSame =
    start !== null && startedAt !== null && Math.abs(start - startedAt) < sameStartMillis
  if (!isSame || !(await isHere({ id, pid }, kernelOfHere))) throw hasEnded()
  try {
    process.kill(pid, `SIG${signal}`)
    return true
  } catch (error) {
    if (systemCodeOf(error) === 'ESRCH') throw hasEnded()
    if (systemCodeOf(error) === 'EPERM') return false
    throw error
  }
}

async function sendInside(
  link: EngineLink,
  id: string,
  pid: number,
  signal: Signal,
): Promise<void> {
  const end = await runProgram({ link, containerId: id }, ['kill', `-${signal}`, String(pid)])
  if (end.exitCode === 0) return
  if (isMissingProgram(end)) {
    throw new Failure('conflict', say`The container has no program "kill".`, {
      hint: say`Only its first process can be signalled: the engine does that itself.`,
    })
  }
  if (/no such process/i.test(end.errors)) throw hasEnded()
  throw new Failure('engine-error', say`The signal was not sent.`, { engineMessage: end.errors })
}

function hasEnded(): Failure {
  return new Failure('not-found', say`The process has ended.`)
}
