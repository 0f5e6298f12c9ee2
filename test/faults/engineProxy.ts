import { randomUUID } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineFacts } from '../bed'
import { passSpoiled, type Spoiling } from './spoiling'

/** Another socket of an engine, on which answers can be made to break off. */
export interface EngineProxy {
  socket: string
  /** The same for an engine whose files are elsewhere. */
  address: string
  /**
   * The next answers to such requests for a log or an archive, one after the other, break off after so many
   * bytes each. One that the client itself ends before does not count.
   */
  cutLogs(query: RegExp, ...afterBytes: number[]): void
  /** How many answers were cut. */
  cuts(): number
  /** Spoils every answer to requests with such a path, from now on until `lift`. */
  spoil(path: RegExp, spoiling: Spoiling): { hits(): number; lift(): void }
  /** Closes all connections, as an engine does that ends. */
  closeAll(): void
}

/** Ends after the test. One request comes on each connection: the app keeps none alive. */
export async function startEngineProxy(engine: EngineFacts, folder: string): Promise<EngineProxy> {
  const socket = join(folder, `proxy-${randomUUID().slice(0, 8)}.sock`)
  const open = new Set<Socket>()
  const limits: { query: RegExp; afterBytes: number }[] = []
  const spoiled = new Set<{ path: RegExp; spoiling: Spoiling; hits: number }>()
  let cuts = 0
  const serve = (client: Socket) => {
    const upstream = connect(engine.socket)
    // An answer may still be on its way when the engine has sent all of it.
    let passing = false
    for (const end of [client, upstream]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        upstream.destroy()
        if (end === client || !(passing || upstream.readableEnded)) client.destroy()
      })
    }
    client.once('data', (head: Buffer) => {
      const path = /^[A-Z]+ (\S+)/.exec(head.toString('latin1'))?.[1] ?? ''
      const spoilt = [...spoiled].find((one) => one.path.test(path))
      const query = /^GET \S*\/containers\/[0-9a-f]+\/(?:logs|archive)\?(\S*)/.exec(
        head.toString('latin1'),
      )?.[1]
      const next = limits.findIndex((limit) => query !== undefined && limit.query.test(query))
      const [limit] = next === -1 ? [] : limits.splice(next, 1)
      if (spoilt) {
        passing = true
        passSpoiled(upstream, client, spoilt.spoiling, () => (spoilt.hits += 1)).catch(() =>
          client.destroy(),
        )
      } else if (!limit) upstream.pipe(client)
      else {
        void pass(upstream, client, limit.afterBytes).then((whole) => {
          if (whole) cuts += 1
          else limits.unshift(limit)
        })
      }
      upstream.write(head)
      client.pipe(upstream)
    })
  }
  const here = createServer(serve)
  const remote = createServer(serve)
  await new Promise<void>((resolve) => here.listen(socket, resolve))
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve))
  const { port } = remote.address() as AddressInfo
  onTestFinished(() => {
    here.close()
    remote.close()
    for (const end of open) end.destroy()
  })
  return {
    socket,
    address: `tcp://127.0.0.1:${port}`,
    cutLogs(query, ...afterBytes) {
      for (const bytes of afterBytes) limits.push({ query, afterBytes: bytes })
    },
    cuts: () => cuts,
    spoil(path, spoiling) {
      const one = { path, spoiling, hits: 0 }
      spoiled.add(one)
      return { hits: () => one.hits, lift: () => spoiled.delete(one) }
    },
    closeAll() {
      for (const end of open) end.destroy()
    },
  }
}

/** Passes so many bytes on; then the connection is closed. Whether it came so far. */
async function pass(from: Socket, to: Socket, bytes: number): Promise<boolean> {
  let left = bytes
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (to.destroyed) return false
      const piece = chunk.subarray(0, left)
      left -= piece.length
      await new Promise<void>((resolve) => to.write(piece, () => resolve()))
      if (left === 0) break
    }
  } catch {
    return false
  }
  to.destroy()
  return left === 0
}
