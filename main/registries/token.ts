import { say } from '../../preload/contract/say'
import { z } from 'zod'
import type { Challenge } from './challenge'
import type { Credential } from './credential'
import { isLoopback } from './hosts'
import { readJson } from './json'
import { Refused, refusedBy } from './loginRefusal'
import { requestRegistry, type RegistryAnswer } from './registryRequest'
import type { Transport } from './transport'

/** Named to token servers, which show it in their records (distribution, "token authentication"). */
const CLIENT_ID = 'longshore'
/** What a token lasts for when its server does not say (distribution, "token authentication"). */
const DEFAULT_LIFETIME_SECONDS = 60

export interface TokenQuestion {
  /** Of scheme `bearer`: with its realm and service. */
  challenge: Challenge
  /** Where the challenge came from. */
  registry: URL
  /** `repository:library/nginx:pull`. */
  scopes: string[]
  /** Null asks as nobody. */
  credential: Credential | null
  /** The realm may be plain HTTP, as `isRealmAllowed` has it. */
  plainAllowed: boolean
}

export interface Token {
  bearer: string
  /** On the clock of `performance.now`. */
  expiresAtMillis: number
}

const tokenAnswer = z.object({
  token: z.string().min(1).optional(),
  access_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional().catch(undefined),
})

/**
 * Asks the token server that a registry named: a GET with the password (distribution, "token
 * authentication"), or a POST that exchanges an identity token ("OAuth2 token authentication").
 *
 * @throws Refused, RequestFailure
 */
export async function requestToken(
  transport: Transport,
  { challenge, registry, scopes, credential, plainAllowed }: TokenQuestion,
  signal: AbortSignal,
): Promise<Token> {
  const realm = realmOf(challenge, registry, plainAllowed)
  const asked = new URLSearchParams({ client_id: CLIENT_ID })
  const service = challenge.parameters.get('service')
  if (service !== undefined) asked.set('service', service)
  const askedAt = performance.now()
  let answer: RegistryAnswer
  if (credential?.kind === 'identity-token') {
    if (scopes.length > 0) asked.set('scope', scopes.join(' '))
    asked.set('grant_type', 'refresh_token')
    asked.set('refresh_token', credential.token)
    answer = await requestRegistry(transport, realm, { method: 'POST', form: asked, signal })
  } else {
    for (const scope of scopes) asked.append('scope', scope)
    if (credential !== null) asked.set('account', credential.username)
    for (const [name, value] of asked) realm.searchParams.append(name, value)
    const authorization = credential === null ? {} : { authorization: basic(credential) }
    answer = await requestRegistry(transport, realm, { ...authorization, signal })
  }
  // GitHub answers a wrong password with 403, OAuth2 a wrong refresh token with 400 (RFC 6749, 5.2).
  if ([400, 401, 403].includes(answer.status)) throw new Refused('unauthorized', '', answer)
  if (answer.status < 200 || answer.status > 299) throw refusedBy(answer)
  const given = readJson(tokenAnswer, answer.body)
  const bearer = given?.token ?? given?.access_token
  if (bearer === undefined) throw new Refused('registry-error', say`no token from ${realm.host}`)
  const lifetimeSeconds = given?.expires_in ?? DEFAULT_LIFETIME_SECONDS
  return { bearer, expiresAtMillis: askedAt + lifetimeSeconds * 1_000 }
}

/** The `Authorization` header of a user name and password. */
export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function realmOf({ parameters }: Challenge, registry: URL, plainAllowed: boolean): URL {
  const text = parameters.get('realm') ?? ''
  if (!URL.canParse(text)) throw new Refused('not-a-registry', say`no token service`)
  const realm = new URL(text)
  if (!isRealmAllowed(realm, registry, plainAllowed)) {
    throw new Refused('insecure-realm', realm.origin)
  }
  return realm
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
