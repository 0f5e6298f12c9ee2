import { log } from '../log'

/** The longest that ending may take before the process goes anyway. */
const endMillis = 10_000
/**
 * Ctrl+C arrives more than once: the terminal sends it to every process it started, and npm and
 * build/start.mjs pass theirs on. What comes within this time is the same wish.
 */
const sameWishMillis = 500

/**
 * Ends the process in order: `close` once, then exit. On SIGINT, SIGTERM and SIGHUP, and with code
 * 1 after an error that nobody caught (its state cannot be trusted, but what runs beside it must
 * still be ended). A second wish exits at once. Returns what ends it from the program.
 */
export function endOnSignals(close: () => Promise<void>): (code: number) => void {
  let endingSince: number | null = null

  const end = (code: number) => {
    if (endingSince !== null) {
      if (performance.now() - endingSince >= sameWishMillis) process.exit(code || 1)
      return
    }
    endingSince = performance.now()
    setTimeout(() => process.exit(code || 1), endMillis).unref()
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ error }, 'ending failed')
        process.exit(1)
      },
    )
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  process.on('uncaughtException', (error) => {
    log.fatal({ error }, 'an error that nobody caught')
    end(1)
  })
  // A reader of the output that left (`| head`, a closed terminal) is no reason to end.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  return end
}
