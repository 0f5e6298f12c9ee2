import type { Isolation, IsolationElsewhere } from '../../preload/contract/isolation'
import { say } from '../../preload/contract/say'
import type { ContainersModel } from '../containers/model'
import { withDeadline } from '../deadline'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'
import { kernelOfHere, type KernelRoots } from '../stats/cgroupPath'
import { isHere, readIsolation } from './readIsolation'

/** A process that holds the lock of its memory can make reading its command line wait. */
const readMillis = 10_000

/**
 * How a running container is kept apart from its machine, or why that cannot be seen from here. Fails
 * with `conflict` where it does not run, `not-found` where it is gone, `timeout` where the kernel makes
 * a read wait.
 */
export async function isolationOf(
  link: EngineLink,
  model: ContainersModel,
  id: string,
  signal: AbortSignal | undefined,
  roots: KernelRoots = kernelOfHere,
): Promise<Isolation | IsolationElsewhere> {
  const { facts, dialect } = link
  let { pid, hostConfig } = await inspectRunning(link, id, signal)
  if (!facts.sharesKernel) return { kind: 'elsewhere', reason: 'other-kernel' }
  if (!(await isHere({ id, pid }, roots))) {
    // It may have restarted between the engine's answer and the look at its process.
    ;({ pid, hostConfig } = await inspectRunning(link, id, signal))
    if (!(await isHere({ id, pid }, roots))) return { kind: 'elsewhere', reason: 'other-processes' }
  }
  const container = {
    id,
    pid,
    privileged: hostConfig.Privileged ?? false,
    hostConfig,
    neighbours: neighboursOf(model, id),
    usualCapabilities: dialect.usualCapabilities,
  }
  const read = () => readIsolation(container, roots, Date.now())
  return withDeadline(readMillis, read, signal).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
    throw new Failure('timeout', say`The kernel made reading about this container wait.`, {
      hint: say`One of its processes may hang, for example on a disk that does not answer; try again.`,
      cause: error,
    })
  })
}

async function inspectRunning(link: EngineLink, id: string, signal: AbortSignal | undefined) {
  const info = await link.client.call(
    (docker, abortSignal) => docker.getContainer(id).inspect({ abortSignal }),
    { signal },
  )
  if (info.State.Pid > 0) return { pid: info.State.Pid, hostConfig: info.HostConfig }
  throw new Failure('conflict', say`The container does not run, so it has nothing to isolate.`, {
    hint: say`Start it: namespaces and cgroups come and go with its processes.`,
  })
}

function neighboursOf(model: ContainersModel, id: string) {
  return model.toSample().flatMap((other) => {
    if (other.id === id || other.pid === null) return []
    return [{ id: other.id, name: model.nameOf(other.id), pid: other.pid }]
  })
}
