import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { ArmedFault } from './faults'

const PIECES_PER_SECOND = 10

/** What is done to a body on its way. */
export interface BodyLimits {
  bytesPerSecond?: number
  /** After so many bytes of a longer body the rest stays away, if `apply` says so. */
  cut?: { afterBytes: number; apply(): boolean }
}

/** What an armed fault means for one of the two bodies. */
export function bodyLimits(armed: ArmedFault | null, of: 'request' | 'answer'): BodyLimits {
  if (armed === null) return {}
  const { fault, take } = armed
  if (fault.kind === 'slow' && fault.of === of && take()) {
    return { bytesPerSecond: fault.bytesPerSecond }
  }
  return fault.kind === 'drop' && fault.of === of
    ? { cut: { afterBytes: fault.afterBytes, apply: take } }
    : {}
}

/**
 * Passes a body on, without ending the target: a piece is counted when it has been handed to the
 * system, so what was counted arrives even if the connection is closed right after.
 *
 * @returns Whether it was cut. Rejects when one of the two sides has gone.
 */
export async function passBody(
  source: Readable,
  target: Writable,
  { bytesPerSecond, cut }: BodyLimits,
  count: (bytes: number) => void,
): Promise<boolean> {
  const startedMillis = performance.now()
  let passedBytes = 0
  const pass = async (piece: Buffer) => {
    await write(target, piece)
    passedBytes += piece.length
    count(piece.length)
  }
  // Else leaving the loop closes the connection, on which the client still waits for its answer.
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  for await (const chunk of chunks) {
    if (cut && passedBytes + chunk.length > cut.afterBytes && cut.apply()) {
      const last = chunk.subarray(0, cut.afterBytes - passedBytes)
      if (last.length > 0) await pass(last)
      return true
    }
    if (bytesPerSecond === undefined) await pass(chunk)
    else {
      for (const piece of piecesOf(chunk, Math.ceil(bytesPerSecond / PIECES_PER_SECOND))) {
        await untilMillis(startedMillis + ((passedBytes + piece.length) / bytesPerSecond) * 1000)
        await pass(piece)
      }
    }
  }
  return false
}

/** A timer alone ends early where its loop was held up before it was set. */
async function untilMillis(dueMillis: number): Promise<void> {
  for (let left = dueMillis - performance.now(); left > 0; left = dueMillis - performance.now()) {
    await delay(left)
  }
}

function* piecesOf(chunk: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes)
}

function write(target: Writable, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    target.write(piece, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
