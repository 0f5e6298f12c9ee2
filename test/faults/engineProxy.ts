import { randomUUID } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineFacts } from '../bed'

/** Another socket of an engine, on which answers can be made to break off. */
export interface EngineProxy {
  socket: string
  /** The next answers to requests for a log, one after the other, end after so many bytes each. */
  cutLogs(...afterBytes: number[]): void
  /** How many answers were cut. */
  cuts(): number
}

/** Ends after the test. One request comes on each connection: the app keeps none alive. */
export async function startEngineProxy(engine: EngineFacts, folder: string): Promise<EngineProxy> {
  const socket = join(folder, `proxy-${randomUUID().slice(0, 8)}.sock`)
  const open = new Set<Socket>()
  const limits: number[] = []
  let cuts = 0
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
    client.once('data', (head: Buffer) => {
      const isLog = /^GET \S*\/containers\/[0-9a-f]+\/logs\?/.test(head.toString('latin1'))
      const limit = isLog ? limits.shift() : undefined
      if (limit === undefined) upstream.pipe(client)
      else void pass(upstream, client, limit).then(() => (cuts += 1))
      upstream.write(head)
      client.pipe(upstream)
    })
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => {
    server.close()
    for (const end of open) end.destroy()
  })
  return { socket, cutLogs: (...afterBytes) => void limits.push(...afterBytes), cuts: () => cuts }
}

/** Passes so many bytes on; then the connection is closed. */
async function pass(from: Socket, to: Socket, bytes: number): Promise<void> {
  let left = bytes
  for await (const chunk of from as AsyncIterable<Buffer>) {
    const piece = chunk.subarray(0, left)
    left -= piece.length
    await new Promise<void>((resolve) => to.write(piece, () => resolve()))
    if (left === 0) break
  }
  to.destroy()
}
