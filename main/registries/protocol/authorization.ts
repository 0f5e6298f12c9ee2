import { linkSignals, withDeadline } from '../../deadline'
import { parseChallenges, type Challenge } from '../challenge'
import { basic, requestToken, type Token } from '../token'
import type { Transport } from '../transport'
import type { RegistryAccess } from './access'
import { mergeScopes } from './scopes'

/** For a token, in all. */
const TOKEN_TIMEOUT_MILLIS = 30_000
/** A token that ends so soon might end under way. */
const EXPIRY_MARGIN_MILLIS = 5_000

export interface Authorization {
  /** The header for a call that needs these scopes; undefined while the registry has not asked. */
  headerFor(scopes: string[], signal: AbortSignal): Promise<string | undefined>
  /**
   * The header with which to ask again after a 401.
   *
   * @param sent - the header that was refused
   * @returns null when there is nothing better to show
   */
  afterChallenge(
    refused: { url: URL; headers: Headers },
    sent: string | undefined,
    scopes: string[],
    signal: AbortSignal,
  ): Promise<string | null>
}

type Demand = { kind: 'basic' } | { kind: 'bearer'; challenge: Challenge; registry: URL }

/** What one registry demands as proof of who asks, and the tokens that are good for it. */
export function createAuthorization(
  { credential, scheme }: RegistryAccess,
  transport: Transport,
): Authorization {
  let demand: Demand | null = null
  /** By the scopes that the call needs. */
  const tokens = new Map<string, Promise<Token>>()

  /** One request for all who need the same; it outlives those who stop waiting. */
  function fetchToken(
    { challenge, registry }: Extract<Demand, { kind: 'bearer' }>,
    scopes: string[],
    key: string,
  ): Promise<Token> {
    const fetched = withDeadline(TOKEN_TIMEOUT_MILLIS, (signal) =>
      requestToken(
        transport,
        { challenge, registry, scopes, credential, plainAllowed: scheme !== 'https' },
        signal,
      ),
    )
    tokens.set(key, fetched)
    fetched.catch(() => {
      if (tokens.get(key) === fetched) tokens.delete(key)
    })
    return fetched
  }

  /** A kept token that will do, or else a new one; those who ask together wait for the same. */
  async function tokenFor(
    key: string,
    willDo: (token: Token) => boolean,
    fetch: () => Promise<Token>,
  ): Promise<Token> {
    let kept = tokens.get(key)
    while (kept !== undefined) {
      const token = await kept
      if (willDo(token)) return token
      const newer = tokens.get(key)
      if (newer === kept) break
      kept = newer
    }
    return fetch()
  }

  return {
    async headerFor(scopes, signal) {
      if (demand === null) return undefined
      if (demand.kind === 'basic') {
        return credential?.kind === 'password' ? basic(credential) : undefined
      }
      const bearer = demand
      const key = scopes.join(' ')
      return bearerHeader(
        signal,
        tokenFor(key, isGood, () => fetchToken(bearer, scopes, key)),
      )
    },

    async afterChallenge({ url, headers }, sent, scopes, signal) {
      const challenges = parseChallenges(headers.get('www-authenticate') ?? '')
      const challenge = challenges.find(({ scheme }) => scheme === 'bearer')
      if (challenge !== undefined) {
        const bearer = { kind: 'bearer', challenge, registry: url } as const
        demand = bearer
        const named = (challenge.parameters.get('scope') ?? '').split(' ').filter(Boolean)
        const key = scopes.join(' ')
        const isAnother = (token: Token) => isGood(token) && headerOf(token) !== sent
        return bearerHeader(
          signal,
          tokenFor(key, isAnother, () => fetchToken(bearer, mergeScopes(scopes, named), key)),
        )
      }
      if (!challenges.some(({ scheme }) => scheme === 'basic')) return null
      demand = { kind: 'basic' }
      if (credential?.kind !== 'password') return null
      const header = basic(credential)
      return header === sent ? null : header
    },
  }
}

function headerOf({ bearer }: Token): string {
  return `Bearer ${bearer}`
}

function isGood({ expiresAtMillis }: Token): boolean {
  return performance.now() < expiresAtMillis - EXPIRY_MARGIN_MILLIS
}

async function bearerHeader(signal: AbortSignal, token: Promise<Token>): Promise<string> {
  const link = linkSignals([signal])
  try {
    return headerOf(await link.race(token))
  } finally {
    link.release()
  }
}
