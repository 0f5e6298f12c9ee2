import { asRequestFailure } from './requestFailure'
import type { Transport, TransportAnswer } from './transport'

export interface RegistryRequest {
  method?: 'GET' | 'POST'
  /** The `Authorization` header. It never leaves the host that it was given for. */
  authorization?: string
  /** A form, for a POST. */
  form?: URLSearchParams
  /** Ends the request; its reason is thrown, save a time-out, which is a RequestFailure. */
  signal: AbortSignal
}

export interface RegistryAnswer {
  /** Where the answer came from in the end: the same host. */
  url: URL
  status: number
  headers: Headers
  /** The beginning of the body. */
  body: string
}

const MAX_BODY_BYTES = 256 * 1024

/**
 * One short question to a registry or its token server. Follows redirects only within the same host (or
 * up to https on it), so that neither the authorization nor the trust in an answer moves elsewhere.
 *
 * @throws RequestFailure
 */
export async function requestRegistry(
  transport: Transport,
  url: URL,
  { method = 'GET', authorization, form, signal }: RegistryRequest,
): Promise<RegistryAnswer> {
  const answer = await transport.send(url, {
    method,
    headers: {
      accept: 'application/json',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    authorization,
    ...(form && { body: form.toString() }),
    follow: 'same-host',
    signal,
  })
  const body = await readBeginning(answer, MAX_BODY_BYTES)
  return { url: answer.url, status: answer.status, headers: answer.headers, body }
}

/** The beginning of a body as text; what follows is not waited for. */
export async function readBeginning(
  { body }: TransportAnswer,
  limitBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= limitBytes) break
    }
  } catch (error) {
    throw asRequestFailure(error)
  }
  return Buffer.concat(chunks).subarray(0, limitBytes).toString('utf8')
}
