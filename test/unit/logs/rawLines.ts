import { newRawLine, type RawLine } from '../../../main/logs/rawLine'

export interface Written {
  text?: string
  source?: number
  stderr?: boolean
  seconds?: number
  nanos?: number
}

/** A line as the parser gives it. */
export function rawLine({
  text = '',
  source = 0,
  stderr = false,
  seconds = 0,
  nanos = 0,
}: Written): RawLine {
  const bytes = Buffer.from(text)
  return {
    ...newRawLine(source),
    ...{ stderr, timed: true, seconds, nanos, bytes, start: 0, end: bytes.length },
  }
}

/** The text of a line. */
export function textOf({ bytes, start, end }: RawLine): string {
  return Buffer.from(bytes.subarray(start, end)).toString()
}
