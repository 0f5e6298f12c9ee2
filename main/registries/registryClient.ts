import { linkSignals, timeoutError } from '../deadline'
import { parseChallenges } from './challenge'
import type { Credential } from './credential'
import { firstAnswer, hostnameOf, isRegistry } from './firstContact'
import { canonicalHost, isLoopback } from './hosts'
import { Refused, refusal, refusedBy, type LoginRefusal } from './loginRefusal'
import { requestRegistry, type RegistryAnswer } from './registryRequest'
import { RequestFailure } from './requestFailure'
import { basic, requestToken } from './token'
import { createTransport, type Transport } from './transport'

export interface LoginCheck {
  /** `ghcr.io`, `localhost:5000`, `docker.io`. */
  host: string
  credential: Credential
  /** Plain HTTP is allowed, though the host is not this machine: the person's explicit choice. */
  insecure?: boolean
  /** Authorities to trust beside the usual ones, as PEM. */
  ca?: string | null
  /** Any certificate of this host will do: the person's explicit choice. */
  skipVerify?: boolean
  signal?: AbortSignal
  /** For the whole check. */
  timeoutMillis?: number
}

export type LoginResult =
  /** `authentication: 'none'`: the registry asks nobody who they are. */
  { ok: true; authentication: 'none' | 'basic' | 'bearer' } | ({ ok: false } & LoginRefusal)

const DEFAULT_TIMEOUT_MILLIS = 15_000

/**
 * Asks the registry itself whether it knows this user, by the distribution protocol: `GET /v2/`, then
 * what its challenge demands, then `GET /v2/` with it. HTTPS only; this machine's own registries, and
 * those named `insecure`, are asked by plain HTTP when they do not speak HTTPS.
 *
 * @throws the signal's reason when aborted; every other outcome is a result
 */
export async function checkLogin({
  host: givenHost,
  credential,
  insecure = false,
  ca = null,
  skipVerify = false,
  signal,
  timeoutMillis = DEFAULT_TIMEOUT_MILLIS,
}: LoginCheck): Promise<LoginResult> {
  const host = canonicalHost(givenHost)
  const link = linkSignals([signal])
  const timer = setTimeout(() => link.abort(timeoutError()), timeoutMillis)
  const transport = createTransport({
    ca,
    unverifiedHostname: skipVerify ? hostnameOf(host) : null,
  })
  const conversation: Conversation = {
    transport,
    credential,
    plainAllowed: insecure || isLoopback(host),
    signal: link.signal,
  }
  try {
    return await answerChallenge(conversation, await firstAnswer(transport, host, conversation))
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof Refused || error instanceof RequestFailure) {
      return { ok: false, ...refusal(error.reason, host, error.detail) }
    }
    throw error
  } finally {
    clearTimeout(timer)
    link.release()
    await transport.close()
  }
}

interface Conversation {
  transport: Transport
  credential: Credential
  plainAllowed: boolean
  signal: AbortSignal
}

async function answerChallenge(
  conversation: Conversation,
  first: RegistryAnswer,
): Promise<LoginResult> {
  if (isSuccess(first)) {
    if (!isRegistry(first)) throw new Refused('not-a-registry', String(first.status))
    return { ok: true, authentication: 'none' }
  }
  if (first.status !== 401) throw refusedBy(first)
  const challenges = parseChallenges(first.headers.get('www-authenticate') ?? '')
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
  if (bearer) {
    const scope = bearer.parameters.get('scope')
    const token = await requestToken(
      conversation.transport,
      {
        ...conversation,
        challenge: bearer,
        registry: first.url,
        scopes: scope === undefined ? [] : [scope],
      },
      conversation.signal,
    )
    await verify(conversation, first.url, `Bearer ${token.bearer}`)
    return { ok: true, authentication: 'bearer' }
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) {
    if (conversation.credential.kind !== 'password') throw new Refused('unauthorized')
    await verify(conversation, first.url, basic(conversation.credential))
    return { ok: true, authentication: 'basic' }
  }
  throw new Refused('not-a-registry', String(first.status))
}

async function verify(
  { transport, signal }: Conversation,
  url: URL,
  authorization: string,
): Promise<void> {
  const answer = await requestRegistry(transport, url, { authorization, signal })
  if (!isSuccess(answer)) throw refusedBy(answer)
}

function isSuccess({ status }: RegistryAnswer): boolean {
  return status >= 200 && status < 300
}
