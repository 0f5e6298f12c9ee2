import type { LogBatch } from '../../preload/contract/containers'
import { withDeadline } from '../deadline'
import type { Connection } from '../engines/connection'
import type { EngineLink } from '../engines/handshake'
import { ping } from '../engines/probe'
import { toFailure } from '../errors'
import { Watcher } from '../live/watcher'
import { LogBuffer } from './logBuffer'
import { LogPosition } from './logPosition'
import { readLog } from './logReader'
import { isAlive, type ContainersModel } from './model'

/** How long lines are collected before they travel, milliseconds. */
const coalesceMillis = 50

export interface LogsOptions {
  id: string
  tail: number
  follow: boolean
}

/** Whose log it is. */
export interface LogSource {
  connection: Connection
  model: ContainersModel
}

/**
 * A container's log in batches. Followed, it goes on over restarts of the container and of the engine,
 * without duplicates, and ends when the container is removed.
 */
export async function* followLogs(
  source: LogSource,
  options: LogsOptions,
  signal: AbortSignal,
): AsyncGenerator<LogBatch, void, undefined> {
  const stop = new AbortController()
  const buffer = new LogBuffer()
  const watcher = new Watcher()
  let end: { error: Error | null } | null = null
  const reading = readOn(source, options, buffer, watcher, stop.signal)
    .then(
      () => (end = { error: null }),
      (error: unknown) => (end = { error: toFailure(error) }),
    )
    .finally(() => watcher.notify())
  try {
    while (await watcher.next(signal, coalesceMillis)) {
      const ended = end as { error: Error | null } | null
      if (!buffer.empty) yield buffer.take()
      if (ended?.error) throw ended.error
      if (ended) return
    }
  } finally {
    stop.abort()
    await reading
  }
}

/** Reads the log into `buffer`, again and again while it is followed and can have more. */
async function readOn(
  source: LogSource,
  { id, tail, follow }: LogsOptions,
  buffer: LogBuffer,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<void> {
  const position = new LogPosition()
  let idleBreaks = 0
  for (let again = false; ; again = true) {
    const { link } = source.connection
    const startedAt = source.model.collection.get(id)?.startedAt ?? null
    const since = position.since()
    try {
      await readLog(
        link,
        { id, tail: since === null ? tail : 'all', follow, since },
        (line) => {
          if (!position.accept(line)) return
          idleBreaks = 0
          buffer.add(line)
          watcher.notify()
        },
        signal,
      )
      if (!follow) return
      if (!(await canHaveMore(source, { id, startedAt, link }, signal))) return
    } catch (error) {
      signal.throwIfAborted()
      if (!follow) throw error
      // Removed between the end of what was read and the reading on.
      if (again && toFailure(error).code === 'not-found') return
      // The engine is there and breaks the stream without a line: reading on would go round for ever.
      if ((await answers(source, link, signal)) && ++idleBreaks > 1) throw error
      if (!(await connected(source, signal))) return
    }
    position.resume()
    buffer.markResumed()
    watcher.notify()
  }
}

/** True when the engine still answers on the link that the stream broke on. */
async function answers(source: LogSource, link: EngineLink, signal: AbortSignal): Promise<boolean> {
  if (source.connection.linkOrNull !== link) return false
  try {
    await withDeadline(2_000, (within) => ping(source.connection.endpoint, within), signal)
    return true
  } catch {
    return false
  }
}

async function connected(source: LogSource, signal: AbortSignal): Promise<boolean> {
  return waitFor(source, signal, () => (source.connection.linkOrNull ? true : null))
}

/** Waits until the container runs anew or the engine is back; false when the container is gone. */
async function canHaveMore(
  source: LogSource,
  before: { id: string; startedAt: number | null; link: EngineLink },
  signal: AbortSignal,
): Promise<boolean> {
  return waitFor(source, signal, () => {
    const link = source.connection.linkOrNull
    if (!link) return null
    const container = source.model.collection.get(before.id)
    if (!container) return false
    if (link !== before.link) return true
    return isAlive(container) && container.startedAt !== before.startedAt ? true : null
  })
}

/** Asks `decide` now and after every change of the engine or its containers, until it decides. */
async function waitFor(
  { connection, model }: LogSource,
  signal: AbortSignal,
  decide: () => boolean | null,
): Promise<boolean> {
  const watcher = new Watcher()
  const detach = [connection.engine.attach(watcher), model.collection.attach(watcher)]
  try {
    for (;;) {
      const decision = decide()
      if (decision !== null) return decision
      if (!(await watcher.next(signal, 0))) signal.throwIfAborted()
    }
  } finally {
    for (const undo of detach) undo()
  }
}
