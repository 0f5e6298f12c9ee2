import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Pieces of work that are done one after the other, each in a turn of the event loop of its own, so that
 * many of them together do not hold it up.
 */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve()

  /** Settles as `act` does, once its turn has come. */
  run<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => nextTurn()).then(act)
    this.#last = result.catch(() => undefined)
    return result
  }
}
