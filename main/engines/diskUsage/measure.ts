import type { DiskUsageMessage } from '../../../preload/contract/diskUsage'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'
import { getJson } from '../getJson'
import type { EngineLink } from '../handshake'

/** An engine walks over all files of all volumes, and says nothing until it has. */
const questionMillis = 10 * 60_000

/** The measuring of one engine's disk: one at a time, because each costs the engine the same again. */
export class DiskMeasuring {
  #running = false

  /** Asks part by part; `signal` ends it, and with it the request that is under way. */
  async *measure(
    { client, dialect, facts }: Pick<EngineLink, 'client' | 'dialect' | 'facts'>,
    signal: AbortSignal,
  ): AsyncGenerator<DiskUsageMessage, void, void> {
    if (this.#running) {
      throw new Failure('conflict', say`This engine is being measured already.`, {
        hint: say`Wait until that is over, or cancel it where it was begun.`,
      })
    }
    this.#running = true
    try {
      const questions = dialect.diskUsage.questions(facts.apiVersion)
      for (const [index, question] of questions.entries()) {
        const { kinds, path } = question
        const later = questions.slice(index + 1).flatMap((other) => other.kinds)
        yield { kind: 'counting', now: kinds, since: Date.now(), later }
        const answer = await getJson(client, path, { signal, timeoutMillis: questionMillis })
        yield { kind: 'counted', usages: question.read(answer) }
      }
      yield { kind: 'measured', measuredAt: Date.now() }
    } finally {
      this.#running = false
    }
  }
}
