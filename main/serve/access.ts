import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How many wrong tokens are looked at per window; more are refused unseen. */
const wrongTokenLimit = 10
const wrongTokenWindowMillis = 60_000
/** How many browsers may be let in at once; one more ends the one that was unused for longest. */
const mostSessions = 32

export type Exchange =
  | { kind: 'accepted'; session: string; key: string }
  | { kind: 'wrong' }
  /** Too many wrong ones came lately: this one was not looked at. */
  | { kind: 'limited' }

/**
 * Who may use browser mode. A token is exchanged for a session, which the browser keeps as a cookie,
 * and a key, which the page keeps. A token that the terminal shows is spent by that and followed by
 * the next; one from a file stays. Everything is kept in memory only, and of the sessions only their
 * digests.
 */
export interface Access {
  /** The one-time token that the next exchange takes: 256 random bits, base64url; null: a file's. */
  token(): string | null
  exchange(token: string): Exchange
  /** Whether the browser may have the page. */
  isSession(session: string): boolean
  /**
   * Whether the page may command the engine. Cookies do not know ports: whatever serves a page on
   * another port of this host (a container's published one) is sent the session's cookie, and it
   * may run where it reaches us. The key is kept by the page's origin, which knows ports.
   */
  opens(session: string, key: string): boolean
  /** A person used the page: the session lasts for another while. False when it does not open. */
  use(session: string, key: string): boolean
  /** Forgets what has expired; how many sessions that were. */
  forgetExpired(): number
}

export interface AccessRules {
  /** A session that nobody used for so long is none any more. */
  idleMillis: number
  /** The token of a file; without it there are one-time tokens. */
  fileToken?: string | null
  /** A clock in milliseconds. */
  now?: () => number
}

interface Session {
  keyDigest: Buffer
  usedAt: number
}

export function createAccess(rules: AccessRules): Access {
  const { idleMillis, fileToken = null, now = () => performance.now() } = rules
  let oneTime = fileToken === null ? randomText() : null
  /** By the session's digest; the one that was unused for longest is first. */
  const sessions = new Map<string, Session>()
  let wrong = 0
  let windowEnds = 0

  /** Whether a token is the right one. Digests have one length, and comparing them takes one time. */
  const isRight = (offered: string) =>
    timingSafeEqual(digest(offered), digest(oneTime ?? fileToken ?? ''))

  function find(session: string): Session | null {
    const found = sessions.get(nameOf(session))
    return found && now() - found.usedAt < idleMillis ? found : null
  }

  function begin(): Exchange {
    const session = randomText()
    const key = randomText()
    for (const unused of sessions.keys()) {
      if (sessions.size < mostSessions) break
      sessions.delete(unused)
    }
    sessions.set(nameOf(session), { keyDigest: digest(key), usedAt: now() })
    return { kind: 'accepted', session, key }
  }

  function opens(session: string, key: string): boolean {
    const found = find(session)
    return found !== null && timingSafeEqual(digest(key), found.keyDigest)
  }

  return {
    token: () => oneTime,
    exchange(offered) {
      if (now() >= windowEnds) wrong = 0
      if (wrong >= wrongTokenLimit) return { kind: 'limited' }
      if (!isRight(offered)) {
        if (wrong === 0) windowEnds = now() + wrongTokenWindowMillis
        wrong += 1
        return { kind: 'wrong' }
      }
      if (oneTime !== null) oneTime = randomText()
      return begin()
    },
    isSession: (session) => find(session) !== null,
    opens,
    use(session, key) {
      const found = opens(session, key) ? find(session) : null
      if (!found) return false
      found.usedAt = now()
      // It goes to the end, which is the last to be dropped.
      sessions.delete(nameOf(session))
      sessions.set(nameOf(session), found)
      return true
    },
    forgetExpired() {
      const before = sessions.size
      for (const [name, { usedAt }] of sessions) {
        if (now() - usedAt >= idleMillis) sessions.delete(name)
      }
      return before - sessions.size
    },
  }
}

function randomText(): string {
  return randomBytes(32).toString('base64url')
}

function nameOf(session: string): string {
  return digest(session).toString('hex')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
