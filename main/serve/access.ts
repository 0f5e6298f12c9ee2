import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How many wrong tokens are looked at per window; more are refused unseen. */
const wrongTokenLimit = 10
const wrongTokenWindowMillis = 60_000

export type Exchange =
  | { kind: 'accepted'; session: string; key: string }
  | { kind: 'wrong' }
  /** Too many wrong ones came lately: this one was not looked at. */
  | { kind: 'limited' }

/**
 * Who may use browser mode. A one-time token (in the address that the terminal shows) is exchanged
 * for a session, which the browser keeps as a cookie, and a key, which the page keeps; the exchange
 * spends the token and makes the next one. Everything is kept in memory only, and of the sessions
 * only their digests.
 */
export interface Access {
  /** The token that the next exchange takes: 256 random bits, base64url. */
  token(): string
  exchange(token: string): Exchange
  /** Whether the browser may have the page. */
  isSession(session: string): boolean
  /**
   * Whether the page may command the engine. Cookies do not know ports: whatever serves a page on
   * another port of this host (a container's published one) is sent the session's cookie, and it
   * may run where it reaches us. The key is kept by the page's origin, which knows ports.
   */
  opens(session: string, key: string): boolean
}

/** `now` is a clock in milliseconds. */
export function createAccess(now: () => number = () => performance.now()): Access {
  let token = randomText()
  /** The key's digest by the session's. */
  const keys = new Map<string, Buffer>()
  let wrong = 0
  let windowEnds = 0

  return {
    token: () => token,
    exchange(offered) {
      if (now() >= windowEnds) wrong = 0
      if (wrong >= wrongTokenLimit) return { kind: 'limited' }
      // Digests have one length, and the time that comparing them takes says nothing about the
      // token.
      if (!timingSafeEqual(digest(offered), digest(token))) {
        if (wrong === 0) windowEnds = now() + wrongTokenWindowMillis
        wrong += 1
        return { kind: 'wrong' }
      }
      token = randomText()
      const session = randomText()
      const key = randomText()
      keys.set(digest(session).toString('hex'), digest(key))
      return { kind: 'accepted', session, key }
    },
    isSession: (session) => keys.has(digest(session).toString('hex')),
    opens(session, key) {
      const expected = keys.get(digest(session).toString('hex'))
      return expected !== undefined && timingSafeEqual(digest(key), expected)
    },
  }
}

function randomText(): string {
  return randomBytes(32).toString('base64url')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
