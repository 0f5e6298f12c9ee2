import { say } from '../../../preload/contract/say'
import { withDeadline } from '../../deadline'
import type { EngineLink } from '../../engines/handshake'
import { Failure, toFailure } from '../../errors'
import { lastLines } from '../exits/lastLines'
import { exitSentence } from '../exits/words'

/** A container that fails does so soon: what it lacks is missed at its start. Milliseconds. */
const SETTLE_MILLIS = 2_000
/** So many lines of the log tell why. */
const TOLD_LINES = 5

/**
 * Watches a container that was just started for a moment. Rejects, with the exit code explained and the
 * last log lines, where it ended with an error or had to be started again; one that ended without an
 * error has done its work.
 */
export async function keepsRunning(link: EngineLink, id: string): Promise<void> {
  await link.client
    .call((docker, abortSignal) => docker.getContainer(id).wait({ abortSignal }), {
      timeoutMillis: SETTLE_MILLIS,
    })
    .catch((error: unknown) => {
      if (toFailure(error).code !== 'timeout') throw error
    })
  const { State, RestartCount } = await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).inspect({ abortSignal }),
  )
  const { Running, Restarting, ExitCode: exitCode, OOMKilled: oomKilled } = State
  if (RestartCount === 0 && !Restarting && (Running || exitCode === 0)) return
  const lines = await withDeadline(SETTLE_MILLIS, (signal) =>
    lastLines(link, id, TOLD_LINES, signal),
  ).catch(() => [])
  const said = Running
    ? say`It ended, and its engine started it again.`
    : exitSentence({ exitCode, oomKilled })
  throw new Failure('engine-error', [said, ...lines.map(({ text }) => text)].join('\n'))
}
