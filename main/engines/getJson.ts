import type { CallOptions, EngineClient } from './client'
import { dial } from './dial'

/** Gets JSON from a route that dockerode has no method for. */
export function getJson(
  client: EngineClient,
  path: string,
  options?: CallOptions,
): Promise<unknown> {
  return client.call(
    (docker, abortSignal) =>
      dial(docker, { path, method: 'GET', abortSignal, statusCodes: { 200: true } }),
    options,
  )
}
