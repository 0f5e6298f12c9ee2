import type { CallOptions, EngineClient } from './client'

/** Gets JSON from a route that dockerode has no method for. */
export function getJson(
  client: EngineClient,
  path: string,
  options?: CallOptions,
): Promise<unknown> {
  return client.call(
    (docker, abortSignal) =>
      new Promise((resolve, reject) => {
        docker.modem.dial(
          { path, method: 'GET', abortSignal, statusCodes: { 200: true } },
          (error: unknown, answer: unknown) => {
            if (error) reject(error instanceof Error ? error : new Error('The engine failed.'))
            else resolve(answer)
          },
        )
      }),
    options,
  )
}
