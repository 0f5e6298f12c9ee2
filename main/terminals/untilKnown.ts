import { setTimeout as delay } from 'node:timers/promises'
import { isEngineAnswer } from '../errors'

/** Engines know how something ended a little after its last output. Milliseconds. */
const wait = { first: 20, cap: 500 }

/**
 * An exit code, asked for until the engine knows it.
 *
 * @param ask null: it runs still
 * @returns null where it cannot be known: it went on after all, or nothing is left of it
 */
export async function untilKnown(
  ask: () => Promise<number | null>,
  withinMillis = 5_000,
): Promise<number | null> {
  const until = Date.now() + withinMillis
  for (let millis = wait.first; ; millis = Math.min(millis * 2, wait.cap)) {
    try {
      const code = await ask()
      if (code !== null || Date.now() > until) return code
    } catch (error) {
      if (isEngineAnswer(error)) return null
      throw error
    }
    await delay(millis)
  }
}
