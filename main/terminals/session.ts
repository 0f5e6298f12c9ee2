import type { Problem } from '../../preload/contract/errors'
import { say } from '../../preload/contract/say'
import {
  unacknowledged,
  type Terminal,
  type TerminalOutput,
  type TerminalSize,
} from '../../preload/contract/terminals'
import { withDeadline } from '../deadline'
import { Failure, toProblem } from '../errors'
import { log } from '../log'
import { createDecoder } from './decode'
import { createLineInput } from './lineInput'
import type { Peer } from './peer'
import { Screen } from './screen'
import { Viewer } from './viewer'

/** How long a program that was hung up has to end, milliseconds. */
const hangUpMillis = 2_000

export interface SessionOptions {
  /** As it is when it begins. */
  terminal: Terminal
  peer: Peer
  size: TerminalSize
  scrollback: number
  /** Told whenever what the list shows of it changes. */
  changed: (terminal: Terminal) => void
}

/**
 * One terminal: a program at one end, any number of viewers at the other, and its screen between. Output is
 * drawn on the screen first and then goes to the viewers, so that the screen is exactly what they have been
 * sent. The program is stopped while the screen or a viewer is too far behind.
 */
export class TerminalSession {
  readonly #peer: Peer
  readonly #screen: Screen
  readonly #changed: (terminal: Terminal) => void
  readonly #viewers = new Map<number, Viewer>()
  readonly #type: (text: string) => void
  #terminal: Terminal
  #undrawn = 0
  #lastViewer = 0
  /** It was let go of while it still ran. */
  #abandoned = false
  #tellingSize = false
  readonly #ended: Promise<void>
  readonly #sized: Promise<void>

  constructor({ terminal, peer, size, scrollback, changed }: SessionOptions) {
    this.#terminal = terminal
    this.#peer = peer
    this.#changed = changed
    this.#screen = new Screen({
      size,
      scrollback,
      onTitle: (title) => this.#change({ title }),
      onAnswer: (answer) => {
        if (peer.tty && this.#isOpen) peer.stream.write(answer)
      },
    })
    this.#type = peer.tty ? (text) => peer.stream.write(text) : this.#lineInput()
    this.#ended = this.#follow()
    this.#sized = this.#tellSize()
  }

  /** Resolves when the program can know the size, or is over: Docker waits for one that never begins. */
  async ready(): Promise<void> {
    await Promise.race([this.#sized, this.#ended])
  }

  get terminal(): Terminal {
    return this.#terminal
  }

  /** Everything from the screen as it is now to the program's end. The terminal takes the viewer's size. */
  async *output(
    size: TerminalSize,
    signal: AbortSignal,
  ): AsyncGenerator<TerminalOutput, void, undefined> {
    const viewer = new Viewer(++this.#lastViewer)
    try {
      this.resize(viewer.id, size)
      this.#viewers.set(viewer.id, viewer)
      if (this.#terminal.state === 'ended') viewer.end()
      const data = this.#screen.snapshot()
      yield { kind: 'screen', viewerId: viewer.id, data, ...this.#screen.size }
      yield* viewer.messages(signal)
    } finally {
      this.#viewers.delete(viewer.id)
      this.#flow()
    }
  }

  acknowledge(viewerId: number, characters: number): void {
    this.#viewers.get(viewerId)?.acknowledge(characters)
    this.#flow()
  }

  /** Resolves when the engine has taken it. What is typed after the end is dropped. */
  async write(text: string): Promise<void> {
    if (!this.#peer.takesInput || !this.#isOpen) return
    const { stream } = this.#peer
    this.#type(text)
    if (!stream.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const done = () => {
        stream.off('drain', done).off('close', done)
        resolve()
      }
      stream.on('drain', done).on('close', done)
    })
  }

  resize(viewerId: number, size: TerminalSize): void {
    if (isSameSize(size, this.#screen.size)) return
    this.#screen.resize(size)
    for (const viewer of this.#viewers.values()) {
      if (viewer.id !== viewerId) viewer.push({ kind: 'size', ...this.#screen.size })
    }
    if (this.#isOpen) void this.#tellSize()
  }

  /** Hangs up, and lets go of the program after a while if it does not end. True: it goes on. */
  async close(): Promise<boolean> {
    if (this.#terminal.state === 'running') {
      await this.#peer
        .hangUp()
        .catch((error: unknown) => log.warn({ error }, 'a terminal could not be hung up'))
      if (this.#terminal.kind !== 'attach') {
        await withDeadline(hangUpMillis, () => this.#ended).catch(() => undefined)
      }
    }
    const goesOn = this.#isOpen && this.#terminal.kind !== 'debug'
    this.#abandoned = this.#isOpen
    this.#peer.stream.destroy()
    await this.#ended
    this.#screen.dispose()
    return goesOn
  }

  get #isOpen(): boolean {
    return this.#terminal.state === 'running' && !this.#peer.stream.destroyed
  }

  /** The program's output, from its beginning to its end. */
  async #follow(): Promise<void> {
    const { stream, tty } = this.#peer
    const decoder = createDecoder(tty)
    let problem: Problem | null = null
    await new Promise<void>((resolve) => {
      stream.on('data', (chunk: Buffer) => {
        try {
          this.#receive(decoder.push(chunk))
        } catch (error) {
          problem = toProblem(error)
          stream.destroy()
        }
      })
      stream.on('end', () => {
        this.#receive(decoder.end())
        stream.destroy()
      })
      stream.on('close', resolve)
      // It may have been over before anybody listened.
      if (stream.destroyed) resolve()
    })
    const exitCode = this.#abandoned ? null : await this.#exitCode((lost) => (problem ??= lost))
    await new Promise<void>((resolve) => this.#screen.write('', resolve))
    this.#change({ state: 'ended', endedAt: Date.now(), exitCode, problem })
    for (const viewer of this.#viewers.values()) viewer.end()
  }

  async #exitCode(failed: (problem: Problem) => void): Promise<number | null> {
    try {
      return await this.#peer.ended()
    } catch (error) {
      failed(lostConnection(error))
      return null
    }
  }

  #receive(text: string): void {
    if (text === '') return
    this.#undrawn += text.length
    this.#screen.write(text, () => {
      this.#undrawn -= text.length
      for (const viewer of this.#viewers.values()) viewer.push({ kind: 'data', data: text })
      this.#flow()
    })
    this.#flow()
  }

  /** Stops the program's output, or lets it go on. */
  #flow(): void {
    const { stream } = this.#peer
    const waiting = Math.max(
      this.#undrawn,
      ...[...this.#viewers.values()].map((viewer) => viewer.unacknowledged),
    )
    if (waiting > unacknowledged.most) stream.pause()
    else if (waiting < unacknowledged.few && stream.isPaused()) stream.resume()
  }

  /** One size at a time goes to the engine, and of those that came meanwhile only the last. */
  async #tellSize(): Promise<void> {
    if (this.#tellingSize) return
    this.#tellingSize = true
    let told: TerminalSize
    do {
      told = this.#screen.size
      await this.#peer
        .resize(told)
        .catch((error: unknown) => log.debug({ error }, 'a terminal could not be resized'))
    } while (!isSameSize(told, this.#screen.size))
    this.#tellingSize = false
  }

  #lineInput(): (text: string) => void {
    const { stream } = this.#peer
    return createLineInput({
      send: (text) => stream.write(text),
      echo: (text) => this.#receive(text),
      interrupt: () => {
        this.#peer
          .interrupt()
          .catch((error: unknown) => log.debug({ error }, 'a container could not be interrupted'))
      },
      end: () => {
        stream.end()
        this.#change({ takesInput: false })
      },
    })
  }

  #change(changes: Partial<Terminal>): void {
    this.#terminal = { ...this.#terminal, ...changes }
    this.#changed(this.#terminal)
  }
}

function isSameSize(one: TerminalSize, other: TerminalSize): boolean {
  return one.columns === other.columns && one.rows === other.rows
}

/** The engine went away; who ended the connection on purpose has no use for words. */
function lostConnection(error: unknown): Problem {
  const { engineMessage } = toProblem(error)
  return toProblem(
    new Failure('engine-unreachable', say`The connection to the engine was lost.`, {
      hint: say`What ran in it may still run in the container. Open it again when the engine is back.`,
      engineMessage,
    }),
  )
}
