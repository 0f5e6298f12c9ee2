/** How the lines of a text end; a field of a page knows LF only. */
export type LineEnd = 'lf' | 'crlf' | 'mixed'

export function lineEndOf(text: string): LineEnd {
  const breaks = text.match(/\r\n|\r|\n/g) ?? []
  const windows = breaks.filter((each) => each === '\r\n').length
  if (breaks.every((each) => each === '\n')) return 'lf'
  return windows === breaks.length ? 'crlf' : 'mixed'
}

/** As a field of a page has it. */
export const toField = (text: string): string => text.replace(/\r\n?/g, '\n')

/** As the file had it; what was mixed ends in LF. */
export const fromField = (text: string, end: LineEnd): string =>
  end === 'crlf' ? text.replace(/\n/g, '\r\n') : text
