import type { LastLine } from '../../../preload/contract/exits'
import { plainText } from '../../../preload/contract/logText'
import type { EngineLink } from '../../engines/handshake'
import { readLog } from '../../logs/readLog'

/** The most of one line that is told, characters. */
const MOST_CHARACTERS = 2_000

/** The end of a container's log, oldest line first, without escapes; hostile until rendered as text. */
export async function lastLines(
  link: EngineLink,
  id: string,
  count: number,
  signal: AbortSignal,
): Promise<LastLine[]> {
  const lines: LastLine[] = []
  const decoder = new TextDecoder()
  await readLog(
    link,
    { id, source: 0, tail: count, follow: false },
    {
      onLine({ bytes, start, end, stderr, timed, seconds, nanos }) {
        const text = plainText(decoder.decode(bytes.subarray(start, end)))
        const at = timed ? seconds * 1_000 + Math.floor(nanos / 1e6) : null
        lines.push({ at, stderr, text: text.slice(0, MOST_CHARACTERS) })
      },
      room: () => null,
    },
    signal,
  )
  return lines.slice(-count)
}
