import { linkSignals } from '../deadline'
import type { EngineLink } from '../engines/handshake'
import { toFailure } from '../errors'
import { EndingMerge } from './merge'
import type { LineSink, Stamp } from './rawLine'
import { readLog } from './readLog'
import { Seam, type Beginnings } from './seam'

/** So long after the first shown line's time its time stamp is over, also where it is one of whole seconds. */
const STAMP_SECONDS = 1
/** The engine is asked for this much more: the two streams may be stamped slightly out of order. */
const DISORDER_NANOS = 100_000_000

export interface EarlierOptions {
  ids: readonly string[]
  /** The time of line 0. */
  zero: Stamp
  beginnings: Beginnings
  onLine: LineSink
  room: () => Promise<void> | null
  onBytes: (bytes: number) => void
}

/**
 * Reads what comes before line 0, from the beginning of each container's log on, merged by time. To be begun
 * when line 0's time is over by more than a second.
 */
export async function readEarlier(
  link: EngineLink,
  { ids, zero, beginnings, onLine, room, onBytes }: EarlierOptions,
  signal: AbortSignal,
): Promise<void> {
  const until = { seconds: zero.seconds + STAMP_SECONDS, nanos: zero.nanos }
  const merge = ids.length > 1 ? new EndingMerge(ids.length, onLine) : null
  // One that fails ends the others, which might wait for it.
  const reading = linkSignals([signal])
  try {
    await Promise.all(
      ids.map(async (id, source) => {
        const seam = new Seam(
          beginnings.of(source),
          until,
          merge ? (line) => merge.add(line) : onLine,
        )
        try {
          await readLog(
            link,
            {
              ...{ id, source, tail: 'all', follow: false },
              until: {
                seconds: until.seconds,
                nanos: Math.min(until.nanos + DISORDER_NANOS, 999_999_999),
              },
            },
            {
              ...{ onLine: (line) => seam.accept(line), onBytes },
              room: () => room() ?? merge?.room(source) ?? null,
            },
            reading.signal,
          )
        } catch (error) {
          reading.abort(toFailure(error))
          throw error
        }
        seam.end()
        merge?.end(source)
      }),
    )
  } finally {
    reading.release()
  }
}
