import type { Readable } from 'node:stream'
import type { EngineClient } from './client'

/**
 * Opens an answer as bytes. For the routes where dockerode itself would wait for the whole body, or
 * would take a body for JSON because it happens to look like it.
 *
 * @param path - of the Engine API without version, every part of it validated or encoded
 */
export function openStream(
  client: EngineClient,
  method: 'GET' | 'POST',
  path: string,
  query: Record<string, string | number | boolean>,
  signal: AbortSignal,
): Promise<Readable> {
  return client.stream(
    (docker, abortSignal) =>
      new Promise((resolve, reject) => {
        docker.modem.dial(
          {
            path: `${path}?`,
            method,
            options: query,
            abortSignal,
            isStream: true,
            statusCodes: { 200: true },
          },
          (error: unknown, stream: unknown) => {
            if (error) reject(error instanceof Error ? error : new Error('The engine failed.'))
            else resolve(stream as NodeJS.ReadableStream)
          },
        )
      }),
    { signal },
  )
}
