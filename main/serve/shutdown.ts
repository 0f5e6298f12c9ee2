import { log } from '../log'

/** The longest that ending may take before the process goes anyway. */
const endMillis = 10_000

/**
 * Ends the process in order: `close` once, then exit. On SIGINT, SIGTERM and SIGHUP, and with code
 * 1 after an error that nobody caught (its state cannot be trusted, but what runs beside it must
 * still be ended). A second signal exits at once. Returns what ends it from the program.
 */
export function endOnSignals(close: () => Promise<void>): (code: number) => void {
  let ending = false

  const end = (code: number) => {
    if (ending) process.exit(code || 1)
    ending = true
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
