import type { CallOptions, EngineClient } from './client'
import { dial } from './dial'

/** Posts JSON to a route that dockerode has no method for, and gives the parsed answer. */
export function postJson(
  client: EngineClient,
  { path, query, body }: { path: string; query: Record<string, string | string[]>; body: unknown },
  options?: CallOptions,
): Promise<unknown> {
  return client.call(
    (docker, abortSignal) =>
      dial(docker, {
        path: `${path}?`,
        method: 'POST',
        options: { _query: query, _body: body },
        abortSignal,
        statusCodes: { 200: true, 201: true },
      }),
    options,
  )
}
