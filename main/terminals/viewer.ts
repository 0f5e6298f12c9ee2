import { setTimeout as delay } from 'node:timers/promises'
import type { TerminalOutput } from '../../preload/contract/terminals'
import { Watcher } from '../live/watcher'

/** Between two messages to a viewer, milliseconds: a frame. The first after a rest goes at once. */
const coalesceMillis = 16

type Message = Exclude<TerminalOutput, { kind: 'screen' }>

/** One who looks at a terminal: what was not sent yet, and how much of what was is not acknowledged. */
export class Viewer {
  readonly id: number
  readonly #watcher = new Watcher()
  #messages: Message[] = []
  #unacknowledged = 0
  #ended = false
  #sentAt = 0

  constructor(id: number) {
    this.id = id
  }

  /** Characters that are under way to it, or wait here. */
  get unacknowledged(): number {
    return this.#unacknowledged
  }

  push(message: Message): void {
    if (message.kind === 'data') this.#unacknowledged += message.data.length
    const last = this.#messages.at(-1)
    if (last?.kind === 'data' && message.kind === 'data') {
      this.#messages[this.#messages.length - 1] = { kind: 'data', data: last.data + message.data }
    } else this.#messages.push(message)
    this.#watcher.notify()
  }

  acknowledge(characters: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - characters)
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true
    this.#watcher.notify()
  }

  /** The messages until the end, each as soon as it may go. */
  async *messages(signal: AbortSignal): AsyncGenerator<Message, void, undefined> {
    for (;;) {
      if (this.#messages.length === 0) {
        if (this.#ended || !(await this.#watcher.next(signal, 0))) return
        const rest = this.#sentAt + coalesceMillis - performance.now()
        if (rest > 0) await delay(rest, undefined, { signal }).catch(() => undefined)
        if (signal.aborted) return
      }
      this.#sentAt = performance.now()
      const messages = this.#messages
      this.#messages = []
      yield* messages
    }
  }
}
