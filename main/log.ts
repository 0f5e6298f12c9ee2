import pino from 'pino'

/** The app's own log, to standard error. Secrets are redacted wherever a known key holds one. */
export const log = pino(
  {
    name: 'longshore',
    level: process.env['LONGSHORE_LOG'] ?? 'warn',
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
  pino.destination(2),
)
