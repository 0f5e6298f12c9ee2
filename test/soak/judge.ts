import { moreThan, type Held } from './held'
import { growthOf } from './slope'

/**
 * The heap may grow by so much from one round to the next: each container that was sampled is remembered on purpose,
 * with 3 to 4 KiB here for ten minutes, and four come in a round; and by so much in all, for caches that still fill:
 * the longer the soak, the less that hides.
 */
const ALLOWED = { bytesPerRound: 24 * 1024, bytesInAll: 256 * 1024 }

/** With fewer no growth is sure. */
export const FEWEST_ROUNDS = 6

/**
 * What an app holds on to that it should not, in words; nothing where all is well. Handles, files, streams and
 * listeners are what they were after the first round; the heap grows no more than is allowed, beyond doubt.
 */
export function judge(held: readonly Held[]): string[] {
  const [base, last] = [held[0], held.at(-1)]
  if (!base || !last || held.length < FEWEST_ROUNDS)
    return ['There are too few rounds to judge by.']
  const { least, middle } = growthOf(held.map(({ heapBytes }) => heapBytes))
  const allowed = ALLOWED.bytesPerRound + ALLOWED.bytesInAll / held.length
  const grown = `heap: ${kib(middle)} KiB a round, at least ${kib(least)}; allowed are ${kib(allowed)}`
  return [...moreThan(base, last), ...(least > allowed ? [grown] : [])]
}

const kib = (bytes: number) => Math.round(bytes / 1024)
