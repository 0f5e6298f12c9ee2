import { say } from '../../preload/contract/say'

/** The streams that the engine interleaves; `error` is the engine's own complaint (type 3). */
export const streamNames = ['stdin', 'stdout', 'stderr', 'error'] as const
export type StreamName = (typeof streamNames)[number]

/**
 * Takes one piece of a stream's payload. The bytes are a view into the chunk that was pushed: use
 * them before returning, or copy them. `begins`: it is the first piece of its frame.
 */
export type PayloadListener = (payload: Uint8Array, stream: StreamName, begins: boolean) => void

/** Bytes of a log, attach or exec stream go in; payload pieces come out at the listener. */
export interface Demuxer {
  /**
   * Walks one chunk of the body, wherever it was cut.
   *
   * @throws DemuxError when the bytes are no multiplexed stream; every later call throws it again.
   */
  push(chunk: Uint8Array): void
  /**
   * Says that the body has ended.
   *
   * @throws DemuxError `truncated` when that was in the middle of a frame.
   */
  end(): void
}

export type DemuxErrorCode = 'malformed-header' | 'frame-too-large' | 'truncated'

export class DemuxError extends Error {
  override readonly name = 'DemuxError'

  constructor(
    readonly code: DemuxErrorCode,
    message: string,
  ) {
    super(message)
  }
}

export interface DemuxerOptions {
  onPayload: PayloadListener
  /** A frame that claims more is refused. Engines write frames of 16 to 32 KiB. */
  maxFrameBytes?: number
}

export const FRAME_HEADER_BYTES = 8
const DEFAULT_MAX_FRAME_BYTES = 64 * 1024 * 1024

/**
 * Splits the engine's multiplexed format (Engine API, "Attach to a container", stream format): a
 * header of one byte stream type, three zero bytes and a big-endian uint32 length, then the payload.
 *
 * A payload is handed on as it arrives, in one or several pieces, so memory stays flat whatever
 * length a header claims. Frame boundaries carry no meaning: the engine cuts long lines into several
 * frames, so what follows must join pieces per stream anyway.
 */
export function createDemuxer({
  onPayload,
  maxFrameBytes = DEFAULT_MAX_FRAME_BYTES,
}: DemuxerOptions): Demuxer {
  const header = new Uint8Array(FRAME_HEADER_BYTES)
  let headerFilled = 0
  let payloadLeft = 0
  let begins = false
  let stream: StreamName = 'stdout'
  let failure: DemuxError | undefined

  function fail(code: DemuxErrorCode, message: string): never {
    failure = new DemuxError(code, message)
    throw failure
  }

  function readHeader(bytes: Uint8Array, at: number): void {
    const name = streamNames[bytes[at] ?? 0]
    if (name === undefined || bytes[at + 1] || bytes[at + 2] || bytes[at + 3]) {
      fail('malformed-header', say`The engine sent bytes that are not a multiplexed stream.`)
    }
    const claimed = readUint32(bytes, at + 4)
    if (claimed > maxFrameBytes) {
      fail('frame-too-large', say`The engine announced a frame of ${claimed} bytes.`)
    }
    stream = name
    payloadLeft = claimed
    begins = true
  }

  return {
    push(chunk) {
      if (failure) throw failure
      let at = 0
      while (at < chunk.length) {
        if (payloadLeft > 0) {
          const end = Math.min(at + payloadLeft, chunk.length)
          payloadLeft -= end - at
          onPayload(chunk.subarray(at, end), stream, begins)
          begins = false
          at = end
        } else if (headerFilled === 0 && chunk.length - at >= FRAME_HEADER_BYTES) {
          readHeader(chunk, at)
          at += FRAME_HEADER_BYTES
        } else {
          header[headerFilled++] = chunk[at++] ?? 0
          if (headerFilled === FRAME_HEADER_BYTES) {
            headerFilled = 0
            readHeader(header, 0)
          }
        }
      }
    },
    end() {
      if (failure) throw failure
      if (payloadLeft > 0 || headerFilled > 0) {
        fail('truncated', say`The stream was cut off in the middle of a frame.`)
      }
    },
  }
}

/** Big-endian; by arithmetic, because a DataView per chunk costs more than the four reads. */
function readUint32(bytes: Uint8Array, at: number): number {
  const high = bytes[at] ?? 0
  const low = ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  return high * 0x1000000 + low
}

/** The same interface for a container with a terminal, whose stream is raw: all of it is stdout. */
export function createRawStream(onPayload: PayloadListener): Demuxer {
  return {
    push(chunk) {
      if (chunk.length > 0) onPayload(chunk, 'stdout', false)
    },
    end() {
      // A raw stream can end anywhere.
    },
  }
}
