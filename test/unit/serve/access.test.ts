import { describe, expect, test } from 'vitest'
import { createAccess, type Access, type AccessRules } from '../../../main/serve/access'

const HOUR = 3_600_000

/** An access with sessions of twelve hours; its clock stands until a test moves it. */
function makeAccess(rules: Partial<AccessRules> = {}) {
  const clock = { now: 5_000 }
  const access = createAccess({ idleMillis: 12 * HOUR, now: () => clock.now, ...rules })
  return { access, clock, token: () => access.token() ?? '' }
}

function letIn(access: Access, token = access.token() ?? '') {
  const exchange = access.exchange(token)
  if (exchange.kind !== 'accepted') throw new Error(`the token is ${exchange.kind}`)
  return exchange
}

describe('the one-time token', () => {
  test('has 256 bits', () => {
    expect(Buffer.from(makeAccess().token(), 'base64url')).toHaveLength(32)
  })

  test('opens one session, and the next token another', () => {
    const { access, token } = makeAccess()
    const first = token()
    letIn(access, first)
    expect(access.exchange(first)).toEqual({ kind: 'wrong' })
    expect(token()).not.toBe(first)
    letIn(access)
  })

  test('of another length, empty or nearly right is wrong and spends nothing', () => {
    const { access, token } = makeAccess()
    const right = token()
    for (const wrong of ['', 'x', `${right}x`, right.slice(0, -1), right.toUpperCase()]) {
      expect(access.exchange(wrong)).toEqual({ kind: 'wrong' })
    }
    expect(token()).toBe(right)
  })

  test('is not looked at for the rest of a minute after ten wrong ones', () => {
    const { access, clock, token } = makeAccess()
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(access.exchange('guess')).toEqual({ kind: 'wrong' })
    }
    expect(access.exchange(token())).toEqual({ kind: 'limited' })
    clock.now += 59_999
    expect(access.exchange(token())).toEqual({ kind: 'limited' })
    clock.now += 1
    letIn(access)
  })
})

describe('the token of a file', () => {
  const fileToken = 'Qv3yZ1r8mT0kXw5bN7cJ4g'

  test('opens as many sessions as it is typed in, and is told nobody', () => {
    const { access } = makeAccess({ fileToken })
    expect(access.token()).toBeNull()
    expect(letIn(access, fileToken).session).not.toBe(letIn(access, fileToken).session)
  })

  test('is the only one that opens, and is not looked at after ten wrong ones', () => {
    const { access, clock } = makeAccess({ fileToken })
    const wrong = ['', fileToken.slice(1), `${fileToken} `, ...Array<string>(7).fill('guess')]
    for (const token of wrong) expect(access.exchange(token)).toEqual({ kind: 'wrong' })
    expect(access.exchange(fileToken)).toEqual({ kind: 'limited' })
    clock.now += 60_000
    letIn(access, fileToken)
  })
})

describe('sessions', () => {
  test('stand side by side, and nothing else is one', () => {
    const { access, token } = makeAccess()
    const sessions = [letIn(access), letIn(access)].map(({ session }) => session)
    expect(new Set(sessions).size).toBe(2)
    for (const session of sessions) {
      expect(Buffer.from(session, 'base64url')).toHaveLength(32)
      expect(access.isSession(session)).toBe(true)
    }
    expect(access.isSession('')).toBe(false)
    expect(access.isSession(token())).toBe(false)
  })

  test('end when nobody has used them for twelve hours', () => {
    const { access, clock } = makeAccess()
    const { session, key } = letIn(access)
    clock.now += 12 * HOUR - 1
    expect(access.isSession(session)).toBe(true)
    expect(access.opens(session, key)).toBe(true)
    clock.now += 1
    expect(access.isSession(session)).toBe(false)
    expect(access.opens(session, key)).toBe(false)
    expect(access.use(session, key)).toBe(false)
  })

  test('stay while they are used, which takes the key too; being asked is no use', () => {
    const { access, clock } = makeAccess()
    const used = letIn(access)
    const asked = letIn(access)
    for (let hour = 0; hour < 48; hour += 6) {
      clock.now += 6 * HOUR
      expect(access.use(used.session, used.key)).toBe(true)
      expect(access.use(asked.session, used.key)).toBe(false)
      access.isSession(asked.session)
      access.opens(asked.session, asked.key)
    }
    expect(access.isSession(used.session)).toBe(true)
    expect(access.isSession(asked.session)).toBe(false)
  })

  test('are forgotten when they have ended, and counted once', () => {
    const { access, clock } = makeAccess()
    letIn(access)
    clock.now += 6 * HOUR
    const later = letIn(access)
    expect(access.forgetExpired()).toBe(0)
    clock.now += 6 * HOUR
    expect(access.forgetExpired()).toBe(1)
    expect(access.forgetExpired()).toBe(0)
    expect(access.isSession(later.session)).toBe(true)
  })

  test('are 32 at most: one more ends the one that was unused for longest', () => {
    const { access, clock } = makeAccess()
    const sessions = Array.from({ length: 32 }, () => letIn(access))
    const [first, second, third] = sessions
    clock.now += 1
    access.use(first?.session ?? '', first?.key ?? '')
    letIn(access)
    expect(access.isSession(first?.session ?? '')).toBe(true)
    expect(access.isSession(second?.session ?? '')).toBe(false)
    expect(access.isSession(third?.session ?? '')).toBe(true)
  })
})
