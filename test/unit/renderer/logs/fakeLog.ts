import type { LogLine, LogMessage, LogState } from '../../../../preload/contract/logs'
import { TestStream, type Answers } from '../mountPage'
import { logLine, logState } from './fixtures'

/** A log as main would keep it, for what a page does with it: lines of any number, made when asked for. */
export class FakeLog {
  readonly stream = new TestStream<LogMessage>()
  state: LogState
  /** The numbers of the lines that pass the filter, in order; null: all. */
  passing: number[] | null = null
  lineOf: (number: number) => LogLine = (number) => logLine(number)

  constructor(state: Partial<LogState> = {}) {
    this.state = logState(state)
    this.stream.send({ kind: 'opened', logId: 'log-1', state: this.state, newest: this.#last(200) })
  }

  /** Tells of a change, with so many of the newest lines. */
  tell(changes: Partial<LogState>, newest = 0): void {
    this.state = { ...this.state, ...changes }
    this.stream.send({
      kind: 'changed',
      state: this.state,
      newest: newest ? this.#last(newest) : null,
    })
  }

  /** Sets what passes, as main does after `look`. */
  pass(numbers: number[] | null): void {
    this.passing = numbers
    const filtered = numbers && { first: 0, count: numbers.length, done: true }
    this.tell({ filtered, view: this.state.view + 1 }, 50)
  }

  readonly answers: Answers = {
    'logs.open': (_input, signal) => this.stream.open(signal),
    'logs.seen': () => undefined,
    'logs.look': () => undefined,
    'logs.readEarlier': () => undefined,
    'logs.stopEarlier': () => undefined,
    'logs.lines': ({ from, count }: { from: number; count: number }) => {
      const begin = this.passing ? from : Math.max(from, this.state.first)
      const end = Math.min(from + count, this.passing?.length ?? this.state.end)
      const lines = Array.from({ length: Math.max(0, end - begin) }, (_, index) =>
        this.#at(begin + index),
      )
      return { view: this.state.view, from: begin, lines }
    },
    'logs.placeOf': ({ number }: { number: number }) => {
      const place = this.passing?.findIndex((each) => each >= number) ?? number
      return place < 0 ? null : { place }
    },
  }

  #at(place: number): LogLine {
    return this.lineOf(this.passing ? (this.passing[place] ?? 0) : place)
  }

  #last(count: number): LogLine[] {
    const end = this.passing?.length ?? this.state.end
    const from = Math.max(this.passing ? 0 : this.state.first, end - count)
    return Array.from({ length: end - from }, (_, index) => this.#at(from + index))
  }
}
