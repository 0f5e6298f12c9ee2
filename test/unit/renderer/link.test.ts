import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { portMessage, type Bridge } from '../../../preload/contract/bridge'
import { createLink } from '../../../renderer/link'
import { LinkLostError } from '../../../renderer/problems'

/** Preload's bridge, with the other end of every port that it handed over. */
function createBridge() {
  const ends: MessagePort[] = []
  const bridge: Bridge = {
    platform: 'linux',
    connect() {
      const { port1, port2 } = new MessageChannel()
      ends.push(port2)
      const event = new MessageEvent('message', { data: portMessage })
      Object.defineProperties(event, { ports: { value: [port1] }, source: { value: window } })
      window.dispatchEvent(event)
    },
    chooseFile: () => Promise.resolve(null),
    chooseSaveFile: () => Promise.resolve(null),
    chooseFolder: () => Promise.resolve(null),
    openInBrowser: () => Promise.resolve(),
    pathOf: () => '',
    openLogFolder: () => Promise.resolve(),
    showInFolder: () => Promise.resolve(null),
    openTerminal: () => Promise.resolve(null),
    openCopy: () => Promise.resolve(null),
    onCommand: () => () => undefined,
  }
  return { bridge, ends }
}

const ask = (link: ReturnType<typeof createLink>, signal?: AbortSignal) =>
  link.call(['application', 'about'], undefined, { context: {}, ...(signal && { signal }) })

describe('the link to main', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => vi.useRealTimers())

  it('is open as soon as the bridge has handed over a port', () => {
    expect(createLink(createBridge().bridge).state.value).toBe('open')
  })

  it('takes no port from a message that did not come from its own window', () => {
    const { bridge, ends } = createBridge()
    const dispatch = vi.spyOn(window, 'dispatchEvent').mockReturnValue(true)
    const link = createLink(bridge)
    dispatch.mockRestore()
    const event = new MessageEvent('message', { data: portMessage })
    Object.defineProperties(event, { ports: { value: ends }, source: { value: {} } })
    window.dispatchEvent(event)
    expect(link.state.value).toBe('connecting')
  })

  it('fails what was under way when it is lost, says so, and connects again', async () => {
    const { bridge, ends } = createBridge()
    const link = createLink(bridge)
    const underWay = ask(link)
    const failed = expect(underWay).rejects.toBeInstanceOf(LinkLostError)
    ends[0]?.close()
    await vi.waitFor(() => expect(link.state.value).toBe('lost'))
    await failed
    await expect(ask(link)).rejects.toBeInstanceOf(LinkLostError)

    await vi.advanceTimersByTimeAsync(1_000)
    expect(ends).toHaveLength(2)
    expect(link.state.value).toBe('open')
  })

  it('leaves a call that the page itself gave up as it is', async () => {
    const { bridge } = createBridge()
    const leaving = new AbortController()
    const underWay = ask(createLink(bridge), leaving.signal)
    leaving.abort()
    await expect(underWay).rejects.toHaveProperty('name', 'AbortError')
  })
})
