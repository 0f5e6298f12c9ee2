import type { Readable } from 'node:stream'
import type { EngineLink } from '../engines/handshake'
import { openStream } from '../engines/rawStream'
import { toFailure } from '../errors'
import { unreadable } from './failures'
import { createLogParser } from './parser'
import type { LineSink, Stamp } from './rawLine'
import { stampParameter } from './stamp'

export interface LogRequest {
  id: string
  /** Which of the log's containers it is. */
  source: number
  tail: number | 'all'
  follow: boolean
  since?: Stamp | null
  /** Lines before it. */
  until?: Stamp | null
}

export interface LogReading {
  onLine: LineSink
  /** Asked after each piece of the answer: while the promise is pending, the engine is not read from. */
  room: () => Promise<void> | null
  /** The engine has begun to answer. */
  onOpen?: () => void
  /** Every piece of the answer, by its length. */
  onBytes?: (bytes: number) => void
  /** A last line without a line break is not delivered: what is missing of it may be written later. */
  leaveOpenLine?: boolean
}

/**
 * Reads a container's log once, from the engine's answer to its end; every line goes to `onLine` as soon as
 * it is complete. Rejects when the stream breaks or `signal` aborts.
 */
export async function readLog(
  link: EngineLink,
  request: LogRequest,
  { onLine, room, onOpen, onBytes, leaveOpenLine = false }: LogReading,
  signal: AbortSignal,
): Promise<void> {
  const { body, tty } = await openLog(link, request, true, signal)
  const parser = createLogParser(tty, request.source, onLine)
  try {
    onOpen?.()
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      onBytes?.(chunk.length)
      parser.push(chunk)
      const wait = room()
      if (wait) await wait
    }
    parser.end()
    // Not where it broke off: the line that it broke off in comes whole when it is read again.
    if (!leaveOpenLine) parser.flush()
  } finally {
    body.destroy()
  }
}

/** Opens the answer, and learns meanwhile whether it has frames, and in which file the engine keeps the log. */
export async function openLog(
  link: EngineLink,
  { id, tail, follow, since, until }: Omit<LogRequest, 'source'>,
  timestamps: boolean,
  signal: AbortSignal,
): Promise<{ body: Readable; tty: boolean; path: string }> {
  const inspecting = link.client.call(
    (docker, abortSignal) => docker.getContainer(id).inspect({ abortSignal }),
    { signal },
  )
  const opening = openStream(
    link.client,
    {
      method: 'GET',
      path: `/containers/${id}/logs`,
      query: {
        ...{ stdout: true, stderr: true, timestamps, follow, tail },
        ...(since && { since: stampParameter(since) }),
        ...(until && { until: stampParameter(until) }),
      },
    },
    { signal },
  )
  const [inspected, opened] = await Promise.allSettled([inspecting, opening])
  if (inspected.status === 'rejected') {
    if (opened.status === 'fulfilled') opened.value.destroy()
    throw toFailure(inspected.reason)
  }
  if (opened.status === 'rejected') {
    signal.throwIfAborted()
    throw unreadable(toFailure(opened.reason), inspected.value)
  }
  const { Config, LogPath } = inspected.value
  return { body: opened.value, tty: Config.Tty, path: LogPath || '' }
}
