import { randomUUID } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { EngineFacts } from './bed'

/** Another socket of an engine, on which some requests get no answer until they are let go. */
export interface HeldEngine {
  socket: string
  /** How many requests were held, and how many of those the client gave up. */
  held: () => number
  givenUp: () => number
  /** Lets those go that are held, and all that come. */
  release: () => void
  close: () => void
}

/**
 * One request comes on each connection: the app keeps none alive.
 *
 * @param path what the first line of a request that is held has in it
 */
export async function holdEngine(
  engine: EngineFacts,
  folder: string,
  path: string,
): Promise<HeldEngine> {
  const socket = join(folder, `held-${randomUUID().slice(0, 8)}.sock`)
  const open = new Set<Socket>()
  let [held, givenUp] = [0, 0]
  let letGo = () => {}
  const released = new Promise<void>((resolve) => (letGo = resolve))
  const server = createServer((client) => {
    const upstream = connect(engine.socket)
    for (const end of [client, upstream]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        client.destroy()
        upstream.destroy()
      })
    }
    const pass = (head: Buffer) => {
      upstream.pipe(client)
      upstream.write(head)
      client.pipe(upstream)
    }
    client.once('data', (head: Buffer) => {
      if (!head.toString('latin1').split('\r\n', 1)[0]?.includes(path)) return pass(head)
      held += 1
      const giveUp = () => (givenUp += 1)
      client.once('close', giveUp)
      void released.then(() => {
        client.off('close', giveUp)
        pass(head)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const close = () => {
    server.close()
    for (const end of open) end.destroy()
  }
  return { socket, held: () => held, givenUp: () => givenUp, release: () => letGo(), close }
}
