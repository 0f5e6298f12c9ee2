import type { Container } from '../../../preload/contract/containers'
import type { WaitRequest } from '../../../preload/contract/exits'
import type { Session } from '../../engines/session'
import { abortReason } from '../../deadline'
import { Failure } from '../../errors'
import type { Work } from '../../jobs/jobs'
import type { JobServices } from '../../jobs/kinds'
import { Watcher } from '../../live/watcher'
import { isAlive } from '../model'
import { exitOf } from './facts'

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
    throw new Failure('conflict', 'The container does not run, so there is no end to wait for.')
  }
  return {
    subject: container.name,
    async run({ signal, report }) {
      await ended(session, container, signal)
      const exit = await exitOf(session, containerId)
      if (exit === null) {
        throw new Failure('not-found', 'The container is gone, and nobody saw how it ended.')
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
  const watcher = new Watcher()
  const detach = collection.attach(watcher)
  try {
    for (;;) {
      const now = collection.get(id)
      // The list alone does not tell when it was started.
      const isAnother = now?.startedAt !== startedAt && startedAt !== null
      if (!now || !isAlive(now) || isAnother) return
      if (!(await watcher.next(signal, 0))) throw abortReason(signal)
    }
  } finally {
    detach()
  }
}
