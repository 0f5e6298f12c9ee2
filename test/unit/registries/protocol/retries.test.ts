import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  isRetryable,
  RefusedCall,
  registryFailure,
  retryAfterMillis,
} from '../../../../main/registries/protocol/failures'
import { withRetries } from '../../../../main/registries/protocol/retries'
import { RequestFailure } from '../../../../main/registries/requestFailure'

const subject = { host: 'registry.example', isLoggedIn: true, thing: 'team/app:1.0' }
const busy = (headers: Record<string, string> = {}) =>
  registryFailure(subject, new RefusedCall(503, new Headers(headers), ''))
const absent = registryFailure(subject, new RefusedCall(404, new Headers(), ''))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Does work that fails with each of the errors in turn, then succeeds. Time passes by itself. */
async function tryThrough(errors: unknown[], attempts?: number) {
  const waits: number[] = []
  const begun = Date.now()
  const work = vi.fn().mockResolvedValue('done')
  for (const error of errors) work.mockRejectedValueOnce(error)
  const outcome = withRetries(work, {
    ...(attempts !== undefined && { attempts }),
    onRetry: (_, { waitMillis }) => waits.push(waitMillis),
  }).catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  return { result: await outcome, waits, calls: work.mock.calls.length, took: Date.now() - begun }
}

describe('what failed for a reason that passes', () => {
  it('is done again, after waits that grow', async () => {
    const { result, waits, calls, took } = await tryThrough([busy(), busy(), busy()])
    expect({ result, calls }).toEqual({ result: 'done', calls: 4 })
    const [first = 0, second = 0, third = 0] = waits
    expect(first).toBeGreaterThanOrEqual(250)
    expect(first).toBeLessThanOrEqual(500)
    expect(second).toBeGreaterThanOrEqual(500)
    expect(third).toBeGreaterThanOrEqual(1_000)
    expect(third).toBeLessThanOrEqual(2_000)
    expect(took).toBe(first + second + third)
  })

  it('is given up after as many attempts as allowed', async () => {
    const last = busy()
    const { result, calls } = await tryThrough([busy(), busy(), last, busy()], 3)
    expect(result).toBe(last)
    expect(calls).toBe(3)
  })

  it('waits for as long as the registry asks', async () => {
    const { waits } = await tryThrough([busy({ 'retry-after': '90' })])
    expect(waits).toEqual([90_000])
    const date = new Date(Date.now() + 60_000).toUTCString()
    const [wait = 0] = (await tryThrough([busy({ 'retry-after': date })])).waits
    expect(wait).toBeGreaterThan(50_000)
    expect(wait).toBeLessThanOrEqual(60_000)
  })

  it('is not waited for longer than two minutes', async () => {
    const error = busy({ 'retry-after': '121' })
    const { result, calls } = await tryThrough([error])
    expect(result).toBe(error)
    expect(calls).toBe(1)
  })

  it('is not waited for once the person has cancelled', async () => {
    const controller = new AbortController()
    const reason = new Error('cancelled')
    const fail = vi.fn().mockRejectedValue(busy())
    const outcome = withRetries(fail, {
      signal: controller.signal,
      onRetry: () => queueMicrotask(() => controller.abort(reason)),
    })
    await expect(outcome).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('what failed for good', () => {
  it.each([absent, new Error('of something else')])('is not done again: %s', async (error) => {
    const { result, calls } = await tryThrough([error])
    expect(result).toBe(error)
    expect(calls).toBe(1)
  })
})

describe('a reason that passes', () => {
  it.each([429, 500, 502, 503, 504])('is HTTP %i', (status) => {
    expect(isRetryable(registryFailure(subject, new RefusedCall(status, new Headers(), '')))).toBe(
      true,
    )
  })

  it.each([400, 401, 403, 404, 405, 416, 501])('is not HTTP %i', (status) => {
    expect(isRetryable(registryFailure(subject, new RefusedCall(status, new Headers(), '')))).toBe(
      false,
    )
  })

  it.each(['ECONNRESET', 'ECONNREFUSED', 'UND_ERR_SOCKET', 'EPIPE', 'HPE_INVALID_EOF_STATE'])(
    'is a connection that was dropped: %s',
    (code) => {
      expect(isRetryable(registryFailure(subject, new RequestFailure('unreachable', code)))).toBe(
        true,
      )
    },
  )

  it.each([
    ['unreachable', 'ENOTFOUND'],
    ['unreachable', 'HPE_INVALID_CONSTANT'],
    ['certificate', 'CERT_HAS_EXPIRED'],
    ['not-tls', 'EPROTO'],
    ['redirected', 'other.example'],
  ] as const)('is not %s (%s)', (reason, detail) => {
    expect(isRetryable(registryFailure(subject, new RequestFailure(reason, detail)))).toBe(false)
  })

  it('may come with how long to wait', () => {
    expect(retryAfterMillis(busy({ 'retry-after': '7' }))).toBe(7_000)
    expect(retryAfterMillis(busy({ 'retry-after': 'soon' }))).toBeNull()
    expect(retryAfterMillis(busy())).toBeNull()
    expect(retryAfterMillis(new Error('other'))).toBeNull()
  })
})
