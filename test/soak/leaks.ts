import { EventEmitter } from 'node:events'
import { reachApp } from '../appOnPort'

/** What an app can be made to hold on to, once each time, to see that the soak test tells. */
export const leaks = {
  /** A page that went away without a word, as no page can: its stream stays open. */
  stream: async (port: number) => {
    const { api } = reachApp(port)
    const stream = await api.engines.watch()
    const messages = stream[Symbol.asyncIterator]()
    await messages.next()
    kept.push(messages)
  },
  listener: () => {
    emitter.on('never', () => undefined)
  },
  /** 200 KiB of the heap. */
  memory: () => {
    kept.push(new Array<number>(25 * 1024).fill(0))
  },
} satisfies Record<string, (port: number) => unknown>

export type Leak = keyof typeof leaks

const kept: unknown[] = []
const emitter = new EventEmitter().setMaxListeners(0)
