import type { ErrorCode } from '../../preload/contract/errors'
import type { LogState } from '../../preload/contract/logs'
import { isAlive, type ContainersModel } from '../containers/model'
import { linkSignals, withDeadline } from '../deadline'
import type { Connection } from '../engines/connection'
import type { EngineLink } from '../engines/handshake'
import { ping } from '../engines/probe'
import { toFailure } from '../errors'
import { decided } from '../live/decided'
import { readLastLines, type ReadAgain, type TailReceiver } from './lastLines'
import { LogPosition } from './position'
import type { LineSink, RawLine } from './rawLine'
import { readLog } from './readLog'
import { SpoolFailure } from './spool'

/** Whose log it is. */
export interface LogEngine {
  connection: Connection
  model: ContainersModel
}

export type SourceState = LogState['sources'][number]

export interface SourceOptions {
  engine: LogEngine
  id: string
  /** Which of the log's containers it is. */
  source: number
  /** What is added to the last lines will be read too. */
  willFollow: boolean
  onLine: LineSink
  room: () => Promise<void> | null
  onState: (state: SourceState) => void
}

/** How often an engine that answers may break the stream, one time after the other, without a new line. */
const MOST_IDLE_BREAKS = 4

/** How many lines are read again to find the place where to go on; ten times as many if that was too few. */
const OVERLAP_LINES = 500
const MOST_OVERLAP_LINES = 50_000

/** One container's log: its last lines first, then what is added to it, over interruptions. */
export class LogSource {
  readonly #options: SourceOptions
  #position = new LogPosition()
  /** The last lines were read without all that have the time of the last one. */
  #readAgain: ReadAgain | null = null
  /** When the container was started, as far as what was read goes. */
  #startedAt: number | null = null
  /** The next line is the first one after an interruption. */
  #resumed = false
  /** How often the stream broke, one time after the other, without a line in between. */
  #idleBreaks = 0

  constructor(options: SourceOptions) {
    this.#options = options
  }

  /**
   * Reads the last lines, as the first ones that this knows.
   *
   * @param tail how many; the receiver keeps the last of them
   * @returns whether there may be lines before them
   * @throws Failure where there is no such container, or its log cannot be read
   */
  async readTail(tail: number, receiver: TailReceiver, signal: AbortSignal): Promise<boolean> {
    const { engine, id, source, willFollow } = this.#options
    const container = this.#container()
    this.#startedAt = container?.startedAt ?? null
    const options = {
      ...{ link: engine.connection.link, id, source },
      leaveOpenLine: willFollow && (!container || isAlive(container)),
      receiver: {
        begin: () => {
          this.#position = new LogPosition()
          receiver.begin()
        },
        onLine: (line: RawLine) => {
          this.#position.accept(line)
          receiver.onLine(line)
        },
      },
    }
    const { cut, readAgain } = await readLastLines(options, tail, signal)
    this.#readAgain = readAgain
    return cut
  }

  /** What was read and not known yet is delivered; resolves when there can be no more. */
  async follow(signal: AbortSignal): Promise<void> {
    const { engine, onState } = this.#options
    await this.#complete(signal)
    for (;;) {
      const link = await this.#link(signal)
      try {
        await this.#readOn(link, true, signal)
        // Docker may end the answer with the container, and leave out what was written last.
        await this.#readOn(link, false, signal)
        onState('ended')
        if (!(await this.#canHaveMore(link, signal))) break
        this.#resumed ||= engine.connection.linkOrNull !== link
      } catch (error) {
        signal.throwIfAborted()
        if (isGone(toFailure(error).code)) break
        if (error instanceof SpoolFailure) throw error
        this.#resumed = true
        // The engine is there and breaks the stream without a line: reading on would go round for ever.
        if ((await answers(engine, link, signal)) && ++this.#idleBreaks > MOST_IDLE_BREAKS)
          throw error
      }
    }
    onState('gone')
  }

  /** Gets to know all lines that the engine will tell again, for it is asked by time. */
  async #complete(signal: AbortSignal): Promise<void> {
    const since = this.#position.since()
    if (!since || !this.#readAgain) return
    const position = new LogPosition()
    await this.#readAgain(since.seconds, (line) => position.accept(line), signal)
    this.#readAgain = null
    if (!position.empty) this.#position = position
  }

  /** Reads from where it was left, to the end of the engine's answer. */
  async #readOn(link: EngineLink, follow: boolean, signal: AbortSignal): Promise<void> {
    const fromTail = !this.#position.empty && link.dialect.followsFromTail
    let overlap = fromTail ? OVERLAP_LINES : Infinity
    while ((await this.#readOverlapping(link, { overlap, follow }, signal)) === 'too-few') {
      overlap = overlap * 10 > MOST_OVERLAP_LINES ? Infinity : overlap * 10
    }
  }

  /**
   * Reads the last `overlap` lines again and what comes after them. The engine would find the place by `since` too, but
   * looks for it through the whole log from its beginning; so it is asked that way only where it must be.
   */
  async #readOverlapping(
    link: EngineLink,
    { overlap, follow }: { overlap: number; follow: boolean },
    signal: AbortSignal,
  ): Promise<'read' | 'too-few'> {
    const { id, source, room, onState } = this.#options
    const reading = linkSignals([signal])
    let first = true
    const all = overlap === Infinity
    const request = {
      ...{ id, source, follow },
      ...(all ? { tail: 'all' as const, since: this.#position.since() } : { tail: overlap }),
    }
    this.#position.resume()
    this.#startedAt = this.#container()?.startedAt ?? null
    const onLine = (line: RawLine) => {
      if (reading.signal.aborted) return
      if (first && !all && !this.#position.reachesBack(line)) {
        reading.abort(new Error('The lines do not reach back far enough.'))
        return
      }
      first = false
      this.#deliver(line)
    }
    const onOpen = () => {
      const container = this.#container()
      if (!container || isAlive(container)) onState('following')
    }
    try {
      await readLog(link, request, { onLine, room, onOpen }, reading.signal)
    } catch (error) {
      if (!reading.signal.aborted || signal.aborted) throw error
    } finally {
      reading.release()
    }
    // A short answer is over before it is given up.
    return reading.signal.aborted ? 'too-few' : 'read'
  }

  #deliver(line: RawLine): void {
    if (!this.#position.accept(line)) return
    this.#idleBreaks = 0
    line.resumed = this.#resumed
    this.#resumed = false
    this.#options.onLine(line)
  }

  /** The connected engine, as soon as there is one. */
  async #link(signal: AbortSignal): Promise<EngineLink> {
    const { engine, onState } = this.#options
    if (!engine.connection.linkOrNull) onState('reconnecting')
    return decided([engine.connection.engine], () => engine.connection.linkOrNull, signal)
  }

  #container() {
    const { engine, id } = this.#options
    return engine.model.collection.get(id)
  }

  /** Waits until the container runs anew or the engine is back; false when the container is gone. */
  #canHaveMore(link: EngineLink, signal: AbortSignal): Promise<boolean> {
    const { engine } = this.#options
    const decide = () => {
      const present = engine.connection.linkOrNull
      if (!present) return null
      const container = this.#container()
      if (!container) return false
      if (present !== link) return true
      // Also where it has ended again by now.
      return container.startedAt !== this.#startedAt ? true : null
    }
    return decided([engine.connection.engine, engine.model.collection], decide, signal)
  }
}

/** Docker answers 409 while a container is being removed. */
function isGone(code: ErrorCode): boolean {
  return code === 'not-found' || code === 'conflict'
}

/** True when the engine still answers on the link that the stream broke on. */
async function answers(engine: LogEngine, link: EngineLink, signal: AbortSignal): Promise<boolean> {
  if (engine.connection.linkOrNull !== link) return false
  try {
    await withDeadline(2_000, (within) => ping(link.transport, within), signal)
    return true
  } catch {
    return false
  }
}
