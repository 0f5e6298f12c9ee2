import { metricIndex } from '../../preload/contract/stats'
import { reachApp } from '../appOnPort'
import { firstOf } from '../client'

/** What the containers page asks of main, without its drawing. */
export interface WatchingPage {
  /** Figures of single containers that came so far. */
  samples(): number
  close(): void
}

/** Opens the streams that the containers page has open, and resolves with the first figures. */
export async function openWatchingPage(port: number): Promise<WatchingPage> {
  const { api, close } = reachApp(port)
  const message = await firstOf(api.engines.watch(), ({ engines }) =>
    engines.some(({ state }) => state === 'connected'),
  )
  const engineId = message.engines[0]?.id ?? ''
  let left = false
  let samples = 0
  void follow(api.engines.watch())
  void follow(api.jobs.watch())
  void follow(api.containers.watch({ engineId }))
  await new Promise<void>((resolve, reject) => {
    void follow(api.stats.watch({ engineId }), ({ containers }) => {
      samples += containers.filter(({ values }) => values[metricIndex.cpuPercent] !== null).length
      if (samples > 0) resolve()
    }).then(() => reject(new Error('The statistics ended.')), reject)
  })
  return {
    samples: () => samples,
    close() {
      left = true
      close()
    },
  }

  async function follow<Message>(
    stream: Promise<AsyncIterable<Message>>,
    take: (message: Message) => void = () => undefined,
  ): Promise<void> {
    try {
      for await (const one of await stream) take(one)
    } catch (error) {
      if (!left) throw error
    }
  }
}
