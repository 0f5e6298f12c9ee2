import { z } from 'zod'
import { linkSignals, timeoutError } from '../deadline'
import { parseChallenges, type Challenge } from './challenge'
import type { Credential } from './credential'
import { apiHost, canonicalHost, isLoopback } from './hosts'
import { readJson } from './json'
import { refusal, type LoginRefusal, type LoginRefusalReason } from './loginRefusal'
import { RequestFailure, requestRegistry, type RegistryAnswer } from './registryRequest'

export interface LoginCheck {
  /** `ghcr.io`, `localhost:5000`, `docker.io`. */
  host: string
  credential: Credential
  /** Plain HTTP is allowed, though the host is not this machine: the person's explicit choice. */
  insecure?: boolean
  signal?: AbortSignal
  /** For the whole check. */
  timeoutMillis?: number
}

export type LoginResult =
  /** `authentication: 'none'`: the registry asks nobody who they are. */
  { ok: true; authentication: 'none' | 'basic' | 'bearer' } | ({ ok: false } & LoginRefusal)

const DEFAULT_TIMEOUT_MILLIS = 15_000
/** Named to token servers, which show it in their records (distribution, "token authentication"). */
const CLIENT_ID = 'longshore'

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
  signal,
  timeoutMillis = DEFAULT_TIMEOUT_MILLIS,
}: LoginCheck): Promise<LoginResult> {
  const host = canonicalHost(givenHost)
  const link = linkSignals([signal])
  const timer = setTimeout(() => link.abort(timeoutError()), timeoutMillis)
  const conversation: Conversation = {
    host,
    credential,
    plainAllowed: insecure || isLoopback(host),
    signal: link.signal,
  }
  try {
    return await answerChallenge(conversation, await firstAnswer(conversation))
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof Refused || error instanceof RequestFailure) {
      return { ok: false, ...refusal(error.reason, host, error.detail) }
    }
    throw error
  } finally {
    clearTimeout(timer)
    link.release()
  }
}

interface Conversation {
  host: string
  credential: Credential
  plainAllowed: boolean
  signal: AbortSignal
}

/** Leaves the conversation with an outcome that is no login. */
class Refused extends Error {
  constructor(
    readonly reason: LoginRefusalReason,
    readonly detail = '',
  ) {
    super(reason)
  }
}

async function firstAnswer({ host, plainAllowed, signal }: Conversation): Promise<RegistryAnswer> {
  try {
    return await requestRegistry(apiUrl('https', host), { signal })
  } catch (error) {
    const mayBePlain =
      error instanceof RequestFailure &&
      (error.reason === 'not-tls' || error.reason === 'unreachable')
    if (!plainAllowed || !mayBePlain) throw error
    return requestRegistry(apiUrl('http', host), { signal })
  }
}

/** @throws Refused for a host that would make another address, such as one with a path or a user. */
function apiUrl(scheme: 'https' | 'http', host: string): URL {
  const text = `${scheme}://${apiHost(host)}/v2/`
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.pathname !== '/v2/' || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new Refused('unreachable', 'not the name of a host')
  }
  return url
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
    const token = await fetchToken(conversation, bearer, first.url)
    await verify(conversation, first.url, `Bearer ${token}`)
    return { ok: true, authentication: 'bearer' }
  }
  if (challenges.some(({ scheme }) => scheme === 'basic')) {
    if (conversation.credential.kind !== 'password') throw new Refused('unauthorized')
    await verify(conversation, first.url, basic(conversation.credential))
    return { ok: true, authentication: 'basic' }
  }
  throw new Refused('not-a-registry', String(first.status))
}

async function verify({ signal }: Conversation, url: URL, authorization: string): Promise<void> {
  const answer = await requestRegistry(url, { authorization, signal })
  if (!isSuccess(answer)) throw refusedBy(answer)
}

const tokenAnswer = z.object({
  token: z.string().min(1).optional(),
  access_token: z.string().min(1).optional(),
})

/**
 * Asks the token server that the registry named: a GET with the password (distribution, "token
 * authentication"), or a POST that exchanges an identity token ("OAuth2 token authentication").
 */
async function fetchToken(
  { credential, signal, plainAllowed }: Conversation,
  { parameters }: Challenge,
  registry: URL,
): Promise<string> {
  const realmText = parameters.get('realm') ?? ''
  if (!URL.canParse(realmText)) throw new Refused('not-a-registry', 'no token service')
  const realm = new URL(realmText)
  if (!isRealmAllowed(realm, registry, plainAllowed)) {
    throw new Refused('insecure-realm', realm.origin)
  }
  const asked = new URLSearchParams({ client_id: CLIENT_ID })
  for (const name of ['service', 'scope']) {
    const value = parameters.get(name)
    if (value !== undefined) asked.set(name, value)
  }
  let answer: RegistryAnswer
  if (credential.kind === 'password') {
    asked.set('account', credential.username)
    for (const [name, value] of asked) realm.searchParams.set(name, value)
    answer = await requestRegistry(realm, { authorization: basic(credential), signal })
  } else {
    asked.set('grant_type', 'refresh_token')
    asked.set('refresh_token', credential.token)
    answer = await requestRegistry(realm, { method: 'POST', form: asked, signal })
  }
  // GitHub answers a wrong password with 403, OAuth2 a wrong refresh token with 400 (RFC 6749, 5.2).
  if ([400, 401, 403].includes(answer.status)) throw new Refused('unauthorized')
  if (!isSuccess(answer)) throw refusedBy(answer)
  const given = readJson(tokenAnswer, answer.body)
  const bearer = given?.token ?? given?.access_token
  if (bearer === undefined) throw new Refused('registry-error', `no token from ${realm.host}`)
  return bearer
}

/**
 * A registry may name any token server over HTTPS, as Docker Hub does. Without HTTPS the password
 * goes only to the registry's own host, or from a registry on this machine to another service on it.
 */
function isRealmAllowed(realm: URL, registry: URL, plainAllowed: boolean): boolean {
  if (realm.protocol === 'https:') return true
  if (realm.protocol !== 'http:' || !plainAllowed) return false
  return (
    realm.hostname === registry.hostname || (isLoopback(realm.host) && isLoopback(registry.host))
  )
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function isSuccess({ status }: RegistryAnswer): boolean {
  return status >= 200 && status < 300
}

/** A web site answers too; a registry names its version, or answers in JSON. */
function isRegistry({ headers }: RegistryAnswer): boolean {
  return (
    headers.has('docker-distribution-api-version') ||
    /^application\/(?:[\w.+-]*\+)?json\b/i.test(headers.get('content-type') ?? '')
  )
}

function refusedBy({ status, headers }: RegistryAnswer): Refused {
  if (status === 401) return new Refused('unauthorized')
  if (status === 403) return new Refused('forbidden', '403')
  if (status === 429) return new Refused('rate-limited', waitOf(headers.get('retry-after')))
  if (status >= 500) return new Refused('registry-error', `HTTP ${status}`)
  return new Refused('not-a-registry', String(status))
}

/** `Retry-After` is seconds or a date (RFC 9110, section 10.2.3). */
function waitOf(retryAfter: string | null): string {
  if (retryAfter === null) return ''
  return /^\d{1,9}$/.test(retryAfter) ? `${retryAfter} seconds` : `until ${retryAfter.slice(0, 40)}`
}
