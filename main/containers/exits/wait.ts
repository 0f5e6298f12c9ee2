import type { Container } from '../../../preload/contract/containers'
import type { WaitRequest } from '../../../preload/contract/exits'
import { say } from '../../../preload/contract/say'
import type { Session } from '../../engines/session'
import { withDeadline } from '../../deadline'
import { Failure } from '../../errors'
import type { Work } from '../../jobs/jobs'
import type { JobServices } from '../../jobs/kinds'
import { decided } from '../../live/decided'
import { isAlive } from '../model'
import type { End, Ends } from './ends'
import { exitOf } from './facts'

/** So long the event of an end may come after the end is seen otherwise, milliseconds; none comes of one missed. */
const TOLD_MILLIS = 5_000
/** So long after it Podman may tell that a stop was asked for. */
const ASKED_MILLIS = 500

/**
 * Waits until a container ends, over reconnections of the engine, and tells how. One that is started again
 * at once has ended too. Throws `conflict` where it does not run.
 */
export function waitForExit(
  { engines }: JobServices,
  { engineId, containerId }: WaitRequest,
): Work {
  const session = engines.get(engineId)
  const container = session.containers.collection.get(containerId)
  if (!container || !isAlive(container)) {
    throw new Failure('conflict', say`The container does not run, so there is no end to wait for.`)
  }
  const { ends } = session.containers
  const before = ends.of(containerId)
  return {
    subject: container.name,
    async run({ signal, report }) {
      await ended(session, container, signal)
      const told = (): End | null => (ends.of(containerId) === before ? null : ends.of(containerId))
      await until(ends, () => told() !== null, TOLD_MILLIS, signal)
      await until(ends, () => told()?.asked === true, ASKED_MILLIS, signal)
      const exit = await exitOf(session, containerId)
      if (exit === null) {
        throw new Failure('not-found', say`The container is gone, and nobody saw how it ended.`)
      }
      report({ result: { kind: 'wait', containerId, name: container.name, exit } })
    },
  }
}

async function ended(
  { containers: { collection } }: Session,
  { id, startedAt }: Container,
  signal: AbortSignal,
): Promise<void> {
  const isOver = () => {
    const now = collection.get(id)
    // The list alone does not tell when it was started.
    const isAnother = now?.startedAt !== startedAt && startedAt !== null
    return !now || !isAlive(now) || isAnother
  }
  await decided([collection], () => isOver() || null, signal)
}

/** Resolves when what events told fits, or after `millis`. */
async function until(
  ends: Ends,
  fits: () => boolean,
  millis: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await withDeadline(millis, (within) => decided([ends], () => fits() || null, within), signal)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
  }
}
