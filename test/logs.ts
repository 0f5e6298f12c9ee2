import { onTestFinished } from 'vitest'
import type { Api } from '../preload/contract'
import type { LogLine, LogState } from '../preload/contract/logs'

/** An open log as a page has it. */
export interface OpenLog {
  logId: string
  /** What was told last. */
  state(): LogState
  /** All lines from 0 on, in order: those that came by themselves, and what was asked for in between. */
  lines: LogLine[]
  /** Resolves with the next state that fits, or the present one. */
  until(fits: (state: LogState) => boolean): Promise<LogState>
  /** All shown lines from a place on to before another one, however often that has to be asked. */
  read(from: number, to: number): Promise<LogLine[]>
  /** Leaves the page. */
  close(): Promise<void>
  /** Resolves with the reason when the stream has failed. */
  failed: Promise<unknown>
}

/** Opens a log and follows it, as the page does; rejects where it cannot be opened. Left after the test. */
export async function openLog(
  api: Api,
  input: Parameters<Api['logs']['open']>[0],
): Promise<OpenLog> {
  const leaving = new AbortController()
  const stream = await api.logs.open(input, { signal: leaving.signal })
  const first = await stream.next()
  if (first.done || first.value.kind !== 'opened') throw new Error('The log was not opened.')
  let { state } = first.value
  const { logId, newest } = first.value
  const lines: LogLine[] = []
  await take(newest)
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<unknown>((resolve) => (fail = resolve))
  const waiting: (() => void)[] = []
  const following = follow().catch((error: unknown) => {
    if (!leaving.signal.aborted) fail(error)
  })
  const close = async () => {
    leaving.abort()
    await following
  }
  onTestFinished(close)
  return { logId, state: () => state, lines, until, read, close, failed }

  async function until(fits: (state: LogState) => boolean): Promise<LogState> {
    while (!fits(state)) {
      const failure = failed.then((error) => {
        throw error
      })
      await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), failure])
    }
    return state
  }

  async function read(from: number, to: number): Promise<LogLine[]> {
    const read: LogLine[] = []
    while (from + read.length < to) {
      const place = from + read.length
      const count = Math.min(2_000, to - place)
      const answer = await api.logs.lines({ logId, from: place, count })
      if (answer.lines.length === 0) break
      read.push(...answer.lines)
    }
    return read
  }

  async function follow(): Promise<void> {
    for await (const message of stream) {
      const unfiltered = message.state.filtered === null
      if (message.newest && unfiltered) await take(message.newest)
      else if (unfiltered) await pull(message.state.end)
      if (message.newest) await api.logs.seen({ logId })
      ;({ state } = message)
      for (const wake of waiting.splice(0)) wake()
    }
  }

  async function take(newest: LogLine[]): Promise<void> {
    await pull(newest[0]?.number ?? 0)
    for (const line of newest) if (line.number >= lines.length) lines.push(line)
  }

  /** Asks for the lines up to before `end`. */
  async function pull(end: number): Promise<void> {
    while (lines.length < end) {
      const count = Math.min(2_000, end - lines.length)
      const answer = await api.logs.lines({ logId, from: lines.length, count })
      if (answer.lines.length === 0) throw new Error(`No line ${lines.length} of ${end}.`)
      lines.push(...answer.lines)
    }
  }
}
