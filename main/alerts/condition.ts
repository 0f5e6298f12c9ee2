import type { AlertRule } from '../../preload/contract/alerts'
import { figureOf } from '../../preload/contract/figures'

/**
 * The longest time between two figures that counts as measured: a hidden window is sampled every 10 s.
 * What is longer is a gap.
 */
const LONGEST_STEP_MILLIS = 15_000
/** After a gap so long nothing is known any more: what was raised ends, and the rule starts over. */
const FORGET_MILLIS = 60_000
/**
 * An alert ends when its condition has not held for so long, in measured time: a figure that swings
 * about the threshold raises one alert and not one a second.
 */
const END_MILLIS = 10_000

/**
 * One rule and one container: whether the condition has held for long enough.
 *
 * Time is what lies between two neighbouring figures that both say the same (both meet the condition, or
 * neither does); the first figure counts for no time. An unknown figure neither counts nor contradicts:
 * the time before it stays, and counting goes on with the next two figures.
 */
export class Condition {
  rule: AlertRule
  /** When it was raised, by which figure; null while it is not. */
  raised: { at: number; value: number } | null = null
  #last: { at: number; holds: boolean; isNeighbour: boolean } | null = null
  /** How long the last answer, holds or not, has been the same. */
  #sameMillis = 0

  constructor(rule: AlertRule) {
    this.rule = rule
  }

  /**
   * Judges the next row of values (in the order of `metrics`), at `at` milliseconds since 1970.
   *
   * @returns what it changed, with the figure that did; null: nothing.
   */
  step(
    at: number,
    values: readonly (number | null)[],
  ): { kind: 'raised' | 'ended'; value: number | null } | null {
    const value = figureOf(values, this.rule.metric)
    if (this.#last && at - this.#last.at > FORGET_MILLIS) {
      this.#last = null
      this.#sameMillis = 0
      if (this.raised) {
        this.raised = null
        return { kind: 'ended', value: null }
      }
    }
    if (value === null) {
      if (this.#last) this.#last.isNeighbour = false
      return null
    }
    const { comparison, threshold, forSeconds } = this.rule
    const holds = comparison === 'above' ? value > threshold : value < threshold
    this.#count(at, holds)
    if (!this.raised && holds && this.#sameMillis >= forSeconds * 1_000) {
      this.raised = { at, value }
      return { kind: 'raised', value }
    }
    if (this.raised && !holds && this.#sameMillis >= END_MILLIS) {
      this.raised = null
      return { kind: 'ended', value }
    }
    return null
  }

  #count(at: number, holds: boolean): void {
    const last = this.#last
    if (last?.holds !== holds) this.#sameMillis = 0
    else if (last.isNeighbour) {
      const stepMillis = at - last.at
      if (stepMillis > 0 && stepMillis <= LONGEST_STEP_MILLIS) this.#sameMillis += stepMillis
    }
    this.#last = { at, holds, isNeighbour: true }
  }
}
