import { setTimeout as delay } from 'node:timers/promises'
import { systemClock, type Clock } from '../../../main/stats/clock'

/**
 * A clock that runs fast at first, so that the compiler has done its work as it has after minutes, then
 * at the true speed; it counts what the callbacks use. Both of its times agree: nothing looks like a jump.
 */
export class WarmClock implements Clock {
  #speed: number
  #offsetMillis = 0
  #ticks = 0
  #cpuMicros = 0

  constructor(speed = 50) {
    this.#speed = speed
  }

  /** CPU of the whole process while a callback ran, all callbacks together. */
  readonly cpuMillis = (): number => this.#cpuMicros / 1_000

  wallMillis(): number {
    return Math.floor(performance.timeOrigin + this.monotonicMillis())
  }

  monotonicMillis(): number {
    return performance.now() * this.#speed + this.#offsetMillis
  }

  schedule(callback: () => void, delayMillis: number): () => void {
    return systemClock.schedule(() => {
      const before = process.cpuUsage()
      callback()
      const { user, system } = process.cpuUsage(before)
      this.#cpuMicros += user + system
      this.#ticks++
    }, delayMillis / this.#speed)
  }

  /** Resolves after so many ticks more. */
  async pass(ticks: number): Promise<void> {
    const end = this.#ticks + ticks
    while (this.#ticks < end) await delay(5)
  }

  /** Goes on at the true speed. */
  slowDown(): void {
    const at = this.monotonicMillis()
    this.#speed = 1
    this.#offsetMillis = at - performance.now()
  }
}
