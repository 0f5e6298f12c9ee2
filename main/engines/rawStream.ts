import type { Readable } from 'node:stream'
import type { CallOptions, EngineClient } from './client'
import { dial } from './dial'

export interface StreamRequest {
  method: 'HEAD' | 'GET' | 'POST' | 'PUT'
  /** Of the Engine API without version, every part of it validated or encoded. */
  path: string
  query: Record<string, string | number | boolean | string[]>
  /** The `X-Registry-Auth` header, base64url. */
  authorization?: string
  /** The `X-Registry-Config` header, base64url. */
  registryConfig?: string
  /** A tar that is sent, chunked. The caller destroys it when the answer is over. */
  body?: Readable
}

/**
 * Opens an answer as bytes. For the routes where dockerode itself would wait for the whole body, would
 * take a body for JSON because it happens to look like it, or has no method.
 */
export function openStream(
  client: EngineClient,
  { method, path, query, authorization, registryConfig, body }: StreamRequest,
  options: CallOptions,
): Promise<Readable> {
  return client.stream(
    async (docker, abortSignal) =>
      (await dial(docker, {
        path: `${path}?`,
        method,
        options: { _query: query, _body: {} },
        ...(authorization !== undefined && { authconfig: { base64: authorization } }),
        ...(registryConfig !== undefined && { registryconfig: { base64: registryConfig } }),
        ...(body && { file: body }),
        abortSignal,
        isStream: true,
        statusCodes: { 200: true },
      })) as NodeJS.ReadableStream,
    options,
  )
}
