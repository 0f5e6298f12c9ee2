import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { onTestFinished } from 'vitest'
import { createApp } from '../main/app'
import type { Surroundings } from '../main/engines/places'
import type { Notify } from '../main/platform'
import { createPortServer } from '../main/rpc/ports'
import type { Api } from '../preload/contract'
import { applyMessage, type CollectionMessage } from '../preload/contract/base'
import type { Engine } from '../preload/contract/engines'
import { testPlatform } from './platform'

export interface Client {
  api: Api
  /** Settings and secrets of this app. */
  dataFolder: string
  /** Resolves with the first state of the (first) engine that fits. */
  engine(fits?: (engine: Engine) => boolean): Promise<Engine>
  /** Ends the app before the test ends, as the person does who starts it again. */
  close: () => Promise<void>
}

export interface ClientOptions {
  /** Null: none is asked for. Those count that were added, and what is found in `surroundings`. */
  engine: string | null
  /** By default a machine without any engine where none is asked for. */
  surroundings?: Surroundings
  /** That of an app that was closed; by default a new one. It is removed after the test. */
  dataFolder?: string
  notify?: Notify
}

/** The whole app as a page sees it: through the contract, over a real message port. */
export async function openClient(options: ClientOptions): Promise<Client> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'longshore-client-')))
  const surroundings =
    options.surroundings ?? (options.engine === null ? nowhere(dataFolder) : null)
  const app = createApp(testPlatform(dataFolder, options.notify), {
    engine: options.engine,
    demo: false,
    ...(surroundings && { surroundings }),
  })
  const { port1, port2 } = new MessageChannel()
  createPortServer(app.router)(port1)
  port1.start()
  port2.start()
  const api: Api = createORPCClient(new RPCLink({ port: port2 }))
  let closed: Promise<void> | null = null
  const close = () => {
    port2.close()
    return (closed ??= app.close())
  }
  onTestFinished(async () => {
    await close()
    await rm(dataFolder, { recursive: true, force: true })
  })
  return {
    api,
    dataFolder,
    close,
    engine: (fits) => engineOf(api, fits),
  }
}

/** Resolves with the first state of an app's (first) engine that fits; by default it is connected. */
export async function engineOf(
  api: Api,
  fits: (engine: Engine) => boolean = ({ state }) => state === 'connected',
): Promise<Engine> {
  const { engines } = await firstOf(api.engines.watch(), (message) => message.engines.some(fits))
  const engine = engines.find(fits)
  if (!engine) throw new Error('No engine fits.')
  return engine
}

/** A machine whose home and system are one folder: nothing outside of it is found. */
export function nowhere(folder: string, env: Surroundings['env'] = {}): Surroundings {
  return { platform: 'linux', env, home: folder, uid: null, root: folder }
}

/** The first message of a stream that fits; the stream is ended. Fails when it ends before. */
export async function firstOf<Message>(
  stream: Promise<AsyncIterable<Message>>,
  fits: (message: Message) => boolean,
): Promise<Message> {
  for await (const message of await stream) if (fits(message)) return message
  throw new Error('The stream ended before it said what was waited for.')
}

/** Follows a live collection until its items fit; resolves with them. */
export async function itemsOf<Item extends { id: string }>(
  stream: Promise<AsyncIterable<CollectionMessage<Item>>>,
  fit: (items: Item[]) => boolean,
): Promise<Item[]> {
  let items: ReadonlyMap<string, Item> = new Map()
  for await (const message of await stream) {
    items = applyMessage(items, message)
    const all = [...items.values()]
    if (fit(all)) return all
  }
  throw new Error('The stream ended before the items fitted.')
}
