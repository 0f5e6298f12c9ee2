import { createDemuxer, type Demuxer } from '../streams/demux'

/**
 * Bytes of a program's output as text for a terminal. Characters that are cut in two stay whole; bytes that
 * are no UTF-8 become U+FFFD.
 */
export interface Decoder {
  /** Throws where the engine sends no multiplexed stream though the container has no terminal. */
  push(chunk: Uint8Array): string
  /** What is left at the end: of a character that never came to its own. */
  end(): string
}

export function createDecoder(tty: boolean): Decoder {
  return tty ? createTextDecoder() : createMultiplexedDecoder()
}

function createTextDecoder(): Decoder {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return {
    push: (chunk) => decoder.decode(chunk, { stream: true }),
    end: () => decoder.decode(),
  }
}

/** Standard output and error each have their own characters. Lines end with LF; a terminal wants CR before. */
function createMultiplexedDecoder(): Decoder {
  const decoders = { stdout: createTextDecoder(), stderr: createTextDecoder() }
  let text = ''
  const demuxer: Demuxer = createDemuxer({
    onPayload(payload, stream) {
      text += (stream === 'stdout' ? decoders.stdout : decoders.stderr).push(payload)
    },
  })
  const take = () => {
    const taken = text.replaceAll('\n', '\r\n')
    text = ''
    return taken
  }
  return {
    push(chunk) {
      demuxer.push(chunk)
      return take()
    },
    end() {
      text = decoders.stdout.end() + decoders.stderr.end()
      return take()
    },
  }
}
