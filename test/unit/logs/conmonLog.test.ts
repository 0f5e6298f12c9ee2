import { describe, expect, it } from 'vitest'
import { answerOf, lastRows } from '../../../main/logs/conmonLog'
import { createLogParser } from '../../../main/logs/parser'
import { formatStamp } from '../../../main/logs/stamp'
import { textOf } from './rawLines'

const AT = '2026-11-27T20:57:44.599843566+02:00'

/** Rows such as `stdout F text`, each with a time stamp before it. */
function fileOf(...rows: string[]): Buffer {
  return Buffer.from(rows.map((row) => `${AT} ${row}\n`).join(''))
}

/** The lines as they are shown. */
function shown(bytes: Buffer, lines: number, { whole = true, wholeSeconds = true } = {}) {
  const last = lastRows(bytes, whole, lines)
  if (!last) return null
  const found: string[] = []
  const parser = createLogParser(false, 0, (line) =>
    found.push(`${line.stderr ? 'err' : 'out'} ${formatStamp(line)} ${textOf(line)}`),
  )
  parser.push(answerOf(bytes, last.rows, { tty: false, wholeSeconds }))
  parser.end()
  return { cut: last.cut, lines: found }
}

describe('the end of a log file of conmon', () => {
  it('is as the engine tells it: pieces joined, streams apart, seconds whole where its are', () => {
    const file = fileOf(
      'stdout P la',
      'stderr F broken  pipe',
      'stdout P st ',
      'stdout F line',
      'stdout F ',
    )
    const at = '2026-11-27T18:57:44Z'
    expect(shown(file, 10)).toEqual({
      cut: false,
      lines: [`err ${at} broken  pipe`, `out ${at} last line`, `out ${at} `],
    })
    expect(shown(file, 10, { wholeSeconds: false })?.lines[1]).toBe(
      'out 2026-11-27T18:57:44.599843566Z last line',
    )
  })

  it('begins with whole lines of each stream, and holds no row that is still being written', () => {
    const begin = fileOf('stdout F a', 'stderr P part of ', 'stdout P part of ')
    const file = Buffer.concat([
      begin,
      fileOf('stdout F c', 'stdout F d', 'stderr F b', 'stderr F e'),
      Buffer.from(`${AT} stdout F being wri`),
    ])
    const texts = (lines: number) => shown(file, lines)?.lines.map((line) => line.split(' ').at(-1))
    expect(texts(4)).toEqual(['d', 'e'])
    expect(texts(2)).toEqual(['e'])
    expect(texts(5)).toEqual(['a', 'c', 'd', 'b', 'e'])
    expect(texts(50)).toEqual(['a', 'c', 'd', 'b', 'e'])
  })

  it('has to be longer where it holds too few lines of a file that has more', () => {
    const file = fileOf('stdout F one', 'stdout F two', 'stdout F three')
    const cut = file.subarray(3)
    expect(shown(cut, 2, { whole: false })).toBeNull()
    expect(shown(cut, 1, { whole: false })?.lines).toHaveLength(1)
    expect(shown(Buffer.alloc(0), 1)).toEqual({ cut: false, lines: [] })
  })

  it('is refused where it is something else', () => {
    for (const row of ['stdin F x', 'stdout', '']) {
      expect(() => lastRows(fileOf(row), true, 5)).toThrow(SyntaxError)
    }
    expect(() => lastRows(Buffer.from('{"log":"one two three\\n"}\n'), true, 5)).toThrow(
      SyntaxError,
    )
  })
})
