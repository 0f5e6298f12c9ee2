import type { LogMessage } from '../../preload/contract/logs'
import { Failure } from '../errors'
import { LogSession, type SessionOptions } from './session'
import { SpoolFolder } from './spoolFolder'
import { LogStore } from './store'

/** The open logs of all pages. */
export class Logs {
  readonly #folder: SpoolFolder
  readonly #sessions = new Map<string, LogSession>()
  #opened = 0

  /** @param folder where they keep their lines */
  constructor(folder: string) {
    this.#folder = new SpoolFolder(folder)
  }

  /** Opens a log; it is closed when the stream ends. */
  async *open(
    options: SessionOptions,
    signal: AbortSignal,
  ): AsyncGenerator<LogMessage, void, undefined> {
    const folder = await this.#folder.make(String(this.#opened++))
    const session = new LogSession(options, new LogStore(folder))
    this.#sessions.set(session.id, session)
    try {
      yield* session.messages(signal)
    } finally {
      this.#sessions.delete(session.id)
    }
  }

  /** @throws Failure `not-found` */
  get(logId: string): LogSession {
    const session = this.#sessions.get(logId)
    if (session) return session
    throw new Failure('not-found', 'This log is not open any more.', { hint: 'Open it again.' })
  }

  close(): Promise<void> {
    return this.#folder.close()
  }
}
