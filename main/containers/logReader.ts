import type { Readable } from 'node:stream'
import type { LogLine } from '../../preload/contract/containers'
import { openStream } from '../engines/rawStream'
import type { EngineLink } from '../engines/handshake'
import { createDemuxer, createRawStream, type Demuxer } from '../streams/demux'
import { createLineSplitter } from '../streams/lines'

export interface LogRequest {
  id: string
  tail: number | 'all'
  follow: boolean
  /** Seconds since 1970 with a fraction. */
  since: string | null
}

/**
 * Reads a container's log once, from the engine's answer to its end; every line goes to `onLine` as
 * soon as it is complete. Rejects when the stream breaks or `signal` aborts.
 */
export async function readLog(
  link: EngineLink,
  request: LogRequest,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const info = await link.client.call(
    (docker, abortSignal) => docker.getContainer(request.id).inspect({ abortSignal }),
    { signal },
  )
  const body = await openStream(
    link.client,
    {
      method: 'GET',
      path: `/containers/${request.id}/logs`,
      query: {
        stdout: true,
        stderr: true,
        timestamps: true,
        follow: request.follow,
        tail: request.tail,
        ...(request.since !== null && { since: request.since }),
      },
    },
    { signal },
  )
  await consume(body, createLogParser(info.Config.Tty, onLine))
}

async function consume(body: Readable, parser: Demuxer & { flush(): void }): Promise<void> {
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) parser.push(chunk)
    parser.end()
  } finally {
    parser.flush()
    body.destroy()
  }
}

/** Bytes of a log answer in, lines with their time stamps out. `tty`: one raw stream, no frames. */
export function createLogParser(
  tty: boolean,
  onLine: (line: LogLine) => void,
): Demuxer & { flush(): void } {
  const splitter = (stream: LogLine['stream']) =>
    createLineSplitter({
      onLine: ({ text, truncated }) => onLine({ stream, truncated, ...splitTime(text) }),
    })
  const stdout = splitter('stdout')
  const stderr = splitter('stderr')
  const demuxer = tty
    ? createRawStream((payload) => stdout.push(payload))
    : createDemuxer({
        onPayload: (payload, stream) =>
          (stream === 'stdout' || stream === 'stdin' ? stdout : stderr).push(payload),
      })
  return {
    push: (chunk) => demuxer.push(chunk),
    end: () => demuxer.end(),
    flush() {
      stdout.flush()
      stderr.flush()
    },
  }
}

/** `timestamps=1` puts an RFC 3339 time and a space before each line. */
function splitTime(line: string): Pick<LogLine, 'at' | 'text'> {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/.exec(line)
  return match
    ? { at: match[1] ?? null, text: line.slice(match[0].length) }
    : { at: null, text: line }
}
