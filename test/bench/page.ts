import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { Api } from '../../preload/contract'
import { metricIndex } from '../../preload/contract/stats'
import { firstOf } from '../client'

/** What the containers page asks of main, without its drawing. */
export interface WatchingPage {
  /** Figures of single containers that came so far. */
  samples(): number
  close(): void
}

/** Opens the streams that the containers page has open, and resolves with the first figures. */
export async function openWatchingPage(port: number): Promise<WatchingPage> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  // The link uses what `ws` and the browser's class have in common.
  const websocket = socket as unknown as globalThis.WebSocket
  const api: Api = createORPCClient(new RPCLink({ websocket }))
  const message = await firstOf(api.engines.watch(), ({ engines }) =>
    engines.some(({ state }) => state === 'connected'),
  )
  const engineId = message.engines[0]?.id ?? ''
  const leaving = new AbortController()
  const { signal } = leaving
  let samples = 0
  void follow(api.engines.watch(undefined, { signal }))
  void follow(api.jobs.watch(undefined, { signal }))
  void follow(api.containers.watch({ engineId }, { signal }))
  await new Promise<void>((resolve, reject) => {
    void follow(api.stats.watch({ engineId }, { signal }), ({ containers }) => {
      samples += containers.filter(({ values }) => values[metricIndex.cpuPercent] !== null).length
      if (samples > 0) resolve()
    }).then(() => reject(new Error('The statistics ended.')), reject)
  })
  return {
    samples: () => samples,
    close() {
      leaving.abort()
      socket.terminate()
    },
  }

  async function follow<Message>(
    stream: Promise<AsyncIterable<Message>>,
    take: (message: Message) => void = () => undefined,
  ): Promise<void> {
    try {
      for await (const one of await stream) take(one)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
