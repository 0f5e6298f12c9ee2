import { log } from '../log'
import { maskText } from '../maskedText'

export interface PageReport {
  message: string
  stack?: string | undefined
  /** Which page was shown. */
  place: string
}

/** A page that fails in a loop does not fill the log. */
const mostPerMinute = 20

/** Writes the page's errors to the log, without secrets and not too many of them. */
export class PageReports {
  #since = -Infinity
  #written = 0
  #leftOut = 0

  /** @param now milliseconds, from any beginning */
  write({ message, stack, place }: PageReport, now = performance.now()): void {
    if (now - this.#since >= 60_000) {
      if (this.#leftOut > 0) log.error({ count: this.#leftOut }, 'more errors of the page')
      this.#since = now
      this.#written = 0
      this.#leftOut = 0
    }
    if (this.#written >= mostPerMinute) {
      this.#leftOut += 1
      return
    }
    this.#written += 1
    log.error(
      {
        message: maskText(message),
        place: maskText(place),
        ...(stack !== undefined && { stack: maskText(stack) }),
      },
      'an error of the page',
    )
  }
}
