import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { inject, ref, type InjectionKey, type Ref } from 'vue'
import { portMessage, type Bridge } from '../preload/contract/bridge'
import { sessionEndedCode } from '../preload/contract/session'
import { backoffMillis } from './backoff'
import { LinkLostError } from './problems'
import { isSessionOver, onLetIn, socketUrl } from './session/session'

/**
 * `lost` comes back by itself; `refused` only when the person lets this browser in again (browser mode:
 * the session has ended).
 */
export type LinkState = 'connecting' | 'open' | 'lost' | 'refused'

/** A way to the app's main process that comes back by itself when it breaks. */
export interface Link extends ClientLink<ClientContext> {
  readonly state: Ref<LinkState>
}

export const linkKey: InjectionKey<Readonly<Ref<LinkState>>> = Symbol('link')

/** Whether main can be reached. Streams made with live.ts come back by themselves. */
export function useLink(): Readonly<Ref<LinkState>> {
  const state = inject(linkKey)
  if (!state) throw new Error('provideApi was not called')
  return state
}

type Transport = ClientLink<ClientContext>

/** What a kind of transport tells about itself. */
interface Events {
  opened: (transport: Transport) => void
  closed: () => void
  /** It will not open again before this browser has been let in again. */
  refused: () => void
}

/** The message port in Electron, the WebSocket of the page's own origin in a browser. */
export function createLink(bridge: Bridge | undefined = window.longshore): Link {
  return bridge
    ? keepConnected((events) => openPort(bridge, events))
    : keepConnected((events) => openSocket(socketUrl(), events), onLetIn)
}

function openPort(bridge: Bridge, { opened, closed }: Events) {
  function receive(event: MessageEvent) {
    const port = event.ports[0]
    if (event.source !== window || event.data !== portMessage || !port) return
    window.removeEventListener('message', receive)
    port.addEventListener('close', closed, { once: true })
    opened(new PortLink({ port }))
    port.start()
  }
  window.addEventListener('message', receive)
  bridge.connect()
}

function openSocket(url: URL, { opened, closed, refused }: Events) {
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const websocket = new WebSocket(url)
  // Made before the socket opens, so that its own close listener runs before ours.
  const transport = new SocketLink({ websocket })
  let wasOpen = false
  function opens() {
    wasOpen = true
    opened(transport)
  }
  function closes({ code }: CloseEvent) {
    if (code === sessionEndedCode) refused()
    else if (wasOpen) closed()
    else void isSessionOver().then((over) => (over ? refused() : closed()))
  }
  websocket.addEventListener('open', opens, { once: true })
  websocket.addEventListener('close', closes, { once: true })
}

/** @param onReady Calls back when a refused link may be tried again; returns the undo. */
function keepConnected(
  open: (events: Events) => void,
  onReady?: (retry: () => void) => () => void,
): Link {
  const state = ref<LinkState>('connecting')
  let transport: Transport | null = null
  let failures = 0
  const waiting: (() => void)[] = []

  function settle(next: LinkState) {
    state.value = next
    for (const wake of waiting.splice(0)) wake()
  }

  function connect() {
    open({
      opened(made) {
        transport = made
        failures = 0
        settle('open')
      },
      closed() {
        transport = null
        settle('lost')
        setTimeout(connect, backoffMillis(failures++))
      },
      refused() {
        transport = null
        settle('refused')
        const stop = onReady?.(() => {
          stop?.()
          connect()
        })
      },
    })
  }
  connect()

  async function call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    if (state.value === 'connecting') await new Promise<void>((wake) => waiting.push(wake))
    const used = transport
    if (!used) throw new LinkLostError()
    try {
      return await used.call(path, input, options)
    } catch (error) {
      if (transport !== used && !options.signal?.aborted) throw new LinkLostError()
      throw error
    }
  }

  return { state, call }
}
