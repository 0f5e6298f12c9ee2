import { describe, expect, test } from 'vitest'
import { createAccess } from '../../../main/serve/access'

describe('the one-time token', () => {
  test('has 256 bits', () => {
    expect(Buffer.from(createAccess().token(), 'base64url')).toHaveLength(32)
  })

  test('opens one session, and the next token another', () => {
    const access = createAccess()
    const first = access.token()
    const exchange = access.exchange(first)
    expect(exchange.kind).toBe('accepted')
    expect(access.exchange(first)).toEqual({ kind: 'wrong' })
    expect(access.token()).not.toBe(first)
    expect(access.exchange(access.token()).kind).toBe('accepted')
  })

  test('of another length, empty or nearly right is wrong and spends nothing', () => {
    const access = createAccess()
    const token = access.token()
    for (const wrong of ['', 'x', `${token}x`, token.slice(0, -1), token.toUpperCase()]) {
      expect(access.exchange(wrong)).toEqual({ kind: 'wrong' })
    }
    expect(access.token()).toBe(token)
  })

  test('is not looked at for the rest of a minute after ten wrong ones', () => {
    let now = 5_000
    const access = createAccess(() => now)
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(access.exchange('guess')).toEqual({ kind: 'wrong' })
    }
    expect(access.exchange(access.token())).toEqual({ kind: 'limited' })
    now += 59_999
    expect(access.exchange(access.token())).toEqual({ kind: 'limited' })
    now += 1
    expect(access.exchange(access.token()).kind).toBe('accepted')
  })
})

describe('sessions', () => {
  test('stand side by side, and nothing else is one', () => {
    const access = createAccess()
    const sessions = [1, 2].map(() => {
      const exchange = access.exchange(access.token())
      return exchange.kind === 'accepted' ? exchange.session : ''
    })
    expect(new Set(sessions).size).toBe(2)
    for (const session of sessions) {
      expect(Buffer.from(session, 'base64url')).toHaveLength(32)
      expect(access.isSession(session)).toBe(true)
    }
    expect(access.isSession('')).toBe(false)
    expect(access.isSession(access.token())).toBe(false)
  })
})
