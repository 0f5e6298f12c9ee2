import { setTimeout as delay } from 'node:timers/promises'

const POLL_MILLIS = 25

/**
 * Polls `probe` until it gives something other than null, false or undefined, and returns that.
 * An error thrown by the probe ends the wait at once.
 *
 * @param what Names what is waited for, for the error when the deadline passes.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | null | false | undefined> | T | null | false | undefined,
  deadlineMillis = 30_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMillis
  for (;;) {
    const found = await probe()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > deadline) {
      throw new Error(`Waited ${deadlineMillis / 1000} s in vain for ${what}.`)
    }
    await delay(POLL_MILLIS)
  }
}

/** The same without promises, for clean-up that runs while the process exits. */
export function waitForSync(what: string, probe: () => boolean, deadlineMillis = 10_000): void {
  const deadline = Date.now() + deadlineMillis
  const neverNotified = new Int32Array(new SharedArrayBuffer(4))
  while (!probe()) {
    if (Date.now() > deadline) {
      throw new Error(`Waited ${deadlineMillis / 1000} s in vain for ${what}.`)
    }
    Atomics.wait(neverNotified, 0, 0, POLL_MILLIS)
  }
}
