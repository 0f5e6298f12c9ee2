import pino from 'pino'

const wanted = process.env['LONGSHORE_LOG'] ?? 'warn'
const isDetailed = (pino.levels.values[wanted] ?? Infinity) < 30

/** Standard error, as much as is wanted there; and a file, once `keepLog` has given one. */
const streams = pino.multistream([{ level: wanted as pino.Level, stream: pino.destination(2) }])

/** The app's own log. Secrets are redacted wherever a known key holds one. */
export const log = pino(
  {
    name: 'longshore',
    // All that any of the two wants; each takes its part.
    level: isDetailed ? wanted : 'info',
    redact: {
      paths: [
        ...['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'],
        // The words of an engine, a registry or a credential helper, which may repeat what they were given.
        'error.engineMessage',
      ],
      censor: '[redacted]',
    },
    serializers: { error: pino.stdSerializers.err },
  },
  streams,
)

/** From now on, what is worth knowing later is written to `file` too. */
export function keepLog(file: { write: (line: string) => void }): void {
  streams.add({ level: 'info', stream: file })
}
