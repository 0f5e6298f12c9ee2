import { say } from '../../preload/contract/say'
import { apiHost } from './hosts'
import { Refused } from './loginRefusal'
import { requestRegistry, type RegistryAnswer } from './registryRequest'
import { RequestFailure } from './requestFailure'
import type { Transport } from './transport'

/**
 * What the registry answers to `GET /v2/` from nobody. Asked over HTTPS; where that is not spoken, by
 * plain HTTP if that is allowed.
 *
 * @throws RequestFailure
 * @throws Refused for a host that is none
 */
export async function firstAnswer(
  transport: Transport,
  host: string,
  { plainAllowed, signal }: { plainAllowed: boolean; signal: AbortSignal },
): Promise<RegistryAnswer> {
  try {
    return await requestRegistry(transport, apiUrl('https', host), { signal })
  } catch (error) {
    const mayBePlain =
      error instanceof RequestFailure &&
      (error.reason === 'not-tls' || error.reason === 'unreachable')
    if (!plainAllowed || !mayBePlain) throw error
    return requestRegistry(transport, apiUrl('http', host), { signal })
  }
}

/**
 * Where a registry's protocol begins: `https://registry-1.docker.io/v2/`.
 *
 * @throws Refused for a host that would make another address, such as one with a path or a user
 */
export function apiUrl(scheme: 'https' | 'http', host: string): URL {
  const text = `${scheme}://${apiHost(host)}/v2/`
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.pathname !== '/v2/' || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new Refused('unreachable', say`not the name of a host`)
  }
  return url
}

/** The name that a registry's certificate is for; null for a host that is none. */
export function hostnameOf(host: string): string | null {
  const text = `https://${apiHost(host)}`
  return URL.canParse(text) ? new URL(text).hostname : null
}

/** A web site answers too; a registry names its version, or answers in JSON. */
export function isRegistry({ headers }: { headers: Headers }): boolean {
  return (
    headers.has('docker-distribution-api-version') ||
    /^application\/(?:[\w.+-]*\+)?json\b/i.test(headers.get('content-type') ?? '')
  )
}
