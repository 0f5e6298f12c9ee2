import type { Socket } from 'node:net'
import { setImmediate, setTimeout as delay } from 'node:timers/promises'

/** What is done to an engine's answer. Places are counted in its body, from 0, as it is sent. */
export type Spoiling =
  /** The connection is closed there. */
  | { kind: 'truncate'; afterBytes: number }
  /** Nothing more is sent, until the engine's end of the connection is closed. */
  | { kind: 'stall'; afterBytes: number }
  /** Nothing is sent for so long. */
  | { kind: 'delay'; millis: number }
  /** The beginning is sent byte by byte, and the head too. */
  | { kind: 'split'; bytes: number }
  /** So many bytes are overwritten by zeros, which no JSON, no frame and no chunk of HTTP holds there. */
  | { kind: 'corrupt'; at: number; bytes: number }

/** Passes an answer on, spoiled. `onHit` is called once it really is. */
export async function passSpoiled(
  from: Socket,
  to: Socket,
  spoiling: Spoiling,
  onHit: () => void,
): Promise<void> {
  if (spoiling.kind === 'delay') {
    onHit()
    await delay(spoiling.millis)
  }
  let head: Buffer | null = Buffer.alloc(0)
  let at = 0
  for await (const chunk of from as AsyncIterable<Buffer>) {
    let body = chunk
    if (head) {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end === -1) continue
      await write(to, head.subarray(0, end + 4), spoiling.kind === 'split' ? end + 4 : 0)
      body = head.subarray(end + 4)
      head = null
    }
    if (body.length === 0) continue
    if (spoiling.kind === 'stall' && at + body.length > spoiling.afterBytes) {
      if (at <= spoiling.afterBytes) {
        await write(to, body.subarray(0, spoiling.afterBytes - at), 0)
        onHit()
      }
      at += body.length
      continue
    }
    if (spoiling.kind === 'truncate' && at + body.length > spoiling.afterBytes) {
      await write(to, body.subarray(0, spoiling.afterBytes - at), 0)
      onHit()
      to.destroy()
      return
    }
    if (spoiling.kind === 'corrupt') {
      const begin = Math.max(0, spoiling.at - at)
      const end = Math.min(body.length, spoiling.at + spoiling.bytes - at)
      if (begin < end) {
        body.fill(0, begin, end)
        onHit()
      }
    }
    const single = spoiling.kind === 'split' ? Math.max(0, spoiling.bytes - at) : 0
    if (single > 0) onHit()
    await write(to, body, single)
    at += body.length
  }
  if (spoiling.kind === 'stall' && at > spoiling.afterBytes) to.destroy()
  else to.end()
}

/** The first `single` bytes one at a time. */
async function write(to: Socket, bytes: Buffer, single: number): Promise<void> {
  const ones = Math.min(single, bytes.length)
  for (let index = 0; index < ones; index += 1) {
    await send(to, bytes.subarray(index, index + 1))
    await setImmediate()
  }
  if (ones < bytes.length) await send(to, bytes.subarray(ones))
}

function send(to: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (to.destroyed) reject(new Error('The client has gone.'))
    else to.write(bytes, () => resolve())
  })
}
