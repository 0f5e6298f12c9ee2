import { rm } from 'node:fs/promises'
import type { LogMessage } from '../../preload/contract/logs'
import { say } from '../../preload/contract/say'
import { linkSignals } from '../deadline'
import { Failure } from '../errors'
import { LogSession, type SessionOptions } from './session'
import { SpoolFolder } from './spoolFolder'
import { LogStore } from './store'

/** The open logs of all pages. */
export class Logs {
  readonly #folder: SpoolFolder
  readonly #sessions = new Map<string, LogSession>()
  readonly #closing = new AbortController()
  #allClosed: (() => void) | null = null
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
    const link = linkSignals([signal, this.#closing.signal])
    this.#sessions.set(session.id, session)
    try {
      yield* session.messages(link.signal)
    } finally {
      link.release()
      await rm(folder, { recursive: true, force: true })
      this.#sessions.delete(session.id)
      if (this.#sessions.size === 0) this.#allClosed?.()
    }
  }

  /** @throws Failure `not-found` */
  get(logId: string): LogSession {
    const session = this.#sessions.get(logId)
    if (session) return session
    throw new Failure('not-found', say`This log is not open any more.`, {
      hint: say`Open it again.`,
    })
  }

  /** Ends all streams, and removes what they kept. */
  async close(): Promise<void> {
    const allClosed = new Promise<void>((resolve) => {
      this.#allClosed = resolve
      if (this.#sessions.size === 0) resolve()
    })
    this.#closing.abort()
    await allClosed
    await this.#folder.close()
  }
}
