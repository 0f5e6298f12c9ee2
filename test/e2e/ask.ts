import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Api } from '../../preload/contract'
import { firstOf } from '../client'
import type { Longshore } from './browser'

/** Asks the running app what a page of it would ask, beside the page; ends with the test. */
export async function ask(longshore: Longshore): Promise<{ api: Api; engineId: string }> {
  const { url, headers } = longshore.session
  const socket = new WebSocket(url, { headers })
  onTestFinished(() => socket.terminate())
  // The link uses what `ws` and the browser's class have in common.
  const websocket = socket as unknown as globalThis.WebSocket
  const api: Api = createORPCClient(new RPCLink({ websocket }))
  const connected = await firstOf(api.engines.watch(), ({ engines }) =>
    engines.some(({ state }) => state === 'connected'),
  )
  return { api, engineId: connected.engines[0]?.id ?? '' }
}
