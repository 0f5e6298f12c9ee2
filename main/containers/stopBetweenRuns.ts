import { setTimeout as delay } from 'node:timers/promises'
import { say } from '../../preload/contract/say'
import { abortReason, withDeadline } from '../deadline'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'

/** One that has been down for so long is not started any more, milliseconds. */
const DOWN_MILLIS = 5_000
/** So long at most a run is waited for that lasts long enough to be stopped. */
const MOST_MILLIS = 60_000
const LOOK_MILLIS = 1_000
/** Between two attempts: a run may be over soon. */
const PAUSE_MILLIS = 25

/**
 * Stops a container that does not run, but that its engine is about to start again, as soon as it is started:
 * for engines that forget a stop in between.
 *
 * @param stop resolves with false where it does not run
 * @returns false where it is not started any more
 * @throws Failure `timeout`
 */
export async function stopBetweenRuns(
  link: EngineLink,
  id: string,
  stop: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    return await withDeadline(
      MOST_MILLIS,
      async (within) => {
        while (await isStartedAgain(link, id, within)) {
          const lookAt = performance.now() + LOOK_MILLIS
          while (performance.now() < lookAt) {
            if (await stop()) return true
            await delay(PAUSE_MILLIS, undefined, { signal: within })
          }
        }
        return false
      },
      signal,
    )
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal)
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
    throw new Failure(
      'timeout',
      say`The container is started again and again, and ended each time before it could be stopped.`,
      { hint: say`Try again, or remove it.`, cause: error },
    )
  }
}

/** Whether it runs by now, or its restart policy has it started soon. */
async function isStartedAgain(link: EngineLink, id: string, signal: AbortSignal): Promise<boolean> {
  const { State, HostConfig, RestartCount } = await link.client.call(
    (docker, abortSignal) => docker.getContainer(id).inspect({ abortSignal }),
    { signal },
  )
  if (State.Running) return true
  const { Name: policy = '', MaximumRetryCount: most = 0 } = HostConfig.RestartPolicy ?? {}
  if (policy === '' || policy === 'no') return false
  const isDone = State.ExitCode === 0 || (most > 0 && RestartCount >= most)
  if (policy === 'on-failure' && isDone) return false
  return Date.now() - Date.parse(State.FinishedAt) < DOWN_MILLIS
}
