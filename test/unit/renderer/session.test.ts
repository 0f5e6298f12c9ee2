import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionEndedCode, sessionKeyName } from '../../../preload/contract/session'
import { createLink } from '../../../renderer/link'
import SessionEnded from '../../../renderer/session/SessionEnded.vue'
import { tellUse } from '../../../renderer/session/tellUse'

/** The browser's WebSocket, opened and closed by the test: no server tells a page its own status. */
class StandInSocket extends EventTarget {
  static made: StandInSocket[] = []
  readyState = 0
  binaryType = 'blob'
  constructor(readonly url: URL) {
    super()
    StandInSocket.made.push(this)
  }
  opens() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  closes(code: number) {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
  send() {
    return undefined
  }
}

const fetched = vi.fn<typeof fetch>()
const status = (code: number) => Promise.resolve(new Response(null, { status: code }))

beforeEach(() => {
  StandInSocket.made = []
  fetched.mockReset()
  vi.stubGlobal('WebSocket', StandInSocket)
  vi.stubGlobal('fetch', fetched)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  localStorage.setItem(sessionKeyName, 'the-key')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  localStorage.clear()
})

const last = () => {
  const socket = StandInSocket.made.at(-1)
  if (!socket) throw new Error('No socket was made.')
  return socket
}
const letIn = (key: string) => {
  localStorage.setItem(sessionKeyName, key)
  window.dispatchEvent(new StorageEvent('storage', { key: sessionKeyName, newValue: key }))
}

describe('the link of a browser', () => {
  it('gives up when its session has ended, and goes on when another tab has been let in', async () => {
    const link = createLink(undefined)
    last().opens()
    expect(link.state.value).toBe('open')
    last().closes(sessionEndedCode)
    expect(link.state.value).toBe('refused')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(StandInSocket.made).toHaveLength(1)

    letIn('the-next-key')
    expect(last().url.searchParams.get('key')).toBe('the-next-key')
    last().opens()
    expect(link.state.value).toBe('open')
    letIn('a-third-key')
    expect(StandInSocket.made).toHaveLength(2)
  })

  it('asks why it could not open, and gives up when it is not known', async () => {
    fetched.mockReturnValue(status(401))
    const link = createLink(undefined)
    last().closes(1006)
    await vi.waitFor(() => expect(link.state.value).toBe('refused'))
    const { pathname, search } = new URL(new Request(fetched.mock.lastCall?.[0] ?? '').url)
    expect(`${pathname}${search}`).toBe('/rpc?key=the-key')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(StandInSocket.made).toHaveLength(1)
  })

  it.each([
    ['it may', () => status(204)],
    ['nobody answers', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('asks why it could not open, and tries again when %s', async (_why, answer) => {
    fetched.mockImplementation(answer)
    const link = createLink(undefined)
    last().closes(1006)
    await vi.waitFor(() => expect(link.state.value).toBe('lost'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(StandInSocket.made).toHaveLength(2)
  })

  it('that was open tries again at once when it breaks', () => {
    const link = createLink(undefined)
    last().opens()
    last().closes(1006)
    expect(link.state.value).toBe('lost')
    expect(fetched).not.toHaveBeenCalled()
  })
})

describe('a person at the page', () => {
  const moves = (event: string) => window.dispatchEvent(new Event(event))

  it('is told to main when it opens, then once a minute at most', async () => {
    fetched.mockImplementation(() => status(204))
    const stop = tellUse()
    expect(fetched).toHaveBeenCalledTimes(1)
    expect(fetched.mock.lastCall).toMatchObject([
      '/used',
      { method: 'POST', headers: { 'longshore-key': 'the-key' } },
    ])
    moves('keydown')
    expect(fetched).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(fetched).toHaveBeenCalledTimes(1)
    moves('pointerdown')
    moves('wheel')
    expect(fetched).toHaveBeenCalledTimes(2)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    moves('keydown')
    expect(fetched).toHaveBeenCalledTimes(2)
  })

  it('is told with the next movement when main did not answer', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockReturnValue(status(204))
    const stop = tellUse()
    await vi.advanceTimersByTimeAsync(0)
    moves('keydown')
    expect(fetched).toHaveBeenCalledTimes(2)
    stop()
  })
})

describe('the page of a session that has ended', () => {
  it('says where the next address is, and shows nothing of the engine', () => {
    const text = mount(SessionEnded).text()
    expect(text).toContain('Longshore does not know this browser any more')
    expect(text).toContain('open the last address it printed')
  })
})
