import { describe, expect, it } from 'vitest'
import type { LogBatch, LogLine } from '../../../preload/contract/containers'
import { plainText, segments } from '../../../renderer/containers/logs/ansi'
import { addBatch, createLogBuffer, createLogSeam } from '../../../renderer/containers/logs/buffer'
import { markMatches } from '../../../renderer/containers/logs/highlight'

const line = (text: string, at: string | null = null): LogLine => ({
  stream: 'stdout',
  at,
  text,
  truncated: false,
})
const batch = (lines: LogLine[], more: Partial<LogBatch> = {}): LogBatch => ({
  lines,
  dropped: 0,
  resumed: false,
  ...more,
})

describe('colours in a log', () => {
  it('are styles of plain pieces, with the theme’s own sixteen colours', () => {
    expect(segments('a \x1b[31mred\x1b[0m b')).toEqual([
      { text: 'a ', style: {} },
      { text: 'red', style: { color: 'var(--ansi-red)' } },
      { text: ' b', style: {} },
    ])
  })

  it('may come from the palette of 256 or be any', () => {
    expect(segments('\x1b[38;5;208mx')[0]?.style.color).toBe('rgb(255, 135, 0)')
    expect(segments('\x1b[38;5;244mx')[0]?.style.color).toBe('rgb(128, 128, 128)')
    expect(segments('\x1b[38;2;1;2;3mx')[0]?.style.color).toMatch(/^rgb\(1, ?2, ?3\)$/)
  })

  it('are a terminal’s where there is a background, so that both can be told apart', () => {
    expect(segments('\x1b[1;37;44mx')[0]?.style).toEqual({
      color: '#e5e5e5',
      backgroundColor: '#2472c8',
      fontWeight: '600',
    })
    expect(segments('\x1b[7mx')[0]?.style).toEqual({
      color: '#000000',
      backgroundColor: '#e5e5e5',
    })
  })

  it('never make markup of what a container wrote', () => {
    const hostile = '<img src=x onerror=alert(1)> &amp;'
    expect(segments(hostile)).toEqual([{ text: hostile, style: {} }])
  })
})

describe('other escapes in a log', () => {
  it.each([
    ['titles', '\x1b]0;evil title\x07text', 'text'],
    ['links', '\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ['cursor movements', 'a\x1b[2K\x1b[1Ab\x1b[?25h', 'ab'],
    ['bells and backspaces', 'a\x07b\x08c', 'abc'],
    ['progress that wrote over itself', '10%\r50%\rdone', 'done'],
    ['line ends of Windows', 'text\r', 'text'],
    ['an escape that is cut off', 'text\x1b', 'text'],
  ])('leave nothing on screen: %s', (_, text, shown) => {
    expect(plainText(text)).toBe(shown)
    expect(
      segments(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(shown)
  })

  it('keep tabs', () => {
    expect(plainText('a\tb')).toBe('a\tb')
  })
})

describe('searching a log', () => {
  const pieces = [
    { text: 'GET /api', style: {} },
    { text: '/orders', style: { color: 'red' } },
  ]

  it('marks a term across the borders of colours, in any case', () => {
    expect(markMatches(pieces, 'API/ORD')).toEqual([
      { text: 'GET /', style: {}, marked: false },
      { text: 'api', style: {}, marked: true },
      { text: '/ord', style: { color: 'red' }, marked: true },
      { text: 'ers', style: { color: 'red' }, marked: false },
    ])
  })

  it('loses no text, whatever is searched', () => {
    for (const term of ['', 'G', 'e', 'zzz', 'GET /api/orders']) {
      const text = markMatches(pieces, term).map((piece) => piece.text)
      expect(text.join('')).toBe('GET /api/orders')
    }
  })
})

describe('the lines that are kept', () => {
  it('are the newest ten thousand, and the rest is counted', () => {
    const buffer = createLogBuffer()
    addBatch(buffer, batch(Array.from({ length: 11_000 }, (_, index) => line(`${index}`))))
    expect(buffer.entries).toHaveLength(11_000)
    expect(addBatch(buffer, batch([line('last')]))).toBe(1_001)
    expect(buffer.entries).toHaveLength(10_000)
    expect(buffer.trimmed).toBe(1_001)
    expect(buffer.entries.at(-1)).toMatchObject({ text: 'last', key: 11_000 })
  })

  it('carry marks where lines were dropped and where the engine was away', () => {
    const buffer = createLogBuffer()
    addBatch(buffer, batch([line('x')], { dropped: 7, resumed: true }))
    expect(buffer.entries.map(({ kind }) => kind)).toEqual(['resumed', 'dropped', 'line'])
  })

  const readBy = (seam: ReturnType<typeof createLogSeam>, lines: LogLine[]) =>
    seam.fresh(batch(lines)).lines.map(({ text }) => text)

  it('do not come twice when the log is asked for again', () => {
    const seam = createLogSeam()
    const before = [line('old', '2026-01-01T10:00:00.1Z'), line('same', '2026-01-01T10:00:00.12Z')]
    expect(readBy(seam, before)).toEqual(['old', 'same'])
    expect(seam.beginAgain()).toBe(true)
    const again = [
      line('old', '2026-01-01T10:00:00.1Z'),
      line('same', '2026-01-01T10:00:00.120Z'),
      line('new', '2026-01-01T10:00:00.120000001Z'),
    ]
    expect(readBy(seam, again)).toEqual(['new'])
  })

  it('all come where many carry the same time, as with whole seconds', () => {
    const seam = createLogSeam()
    const stamped = (...texts: string[]) => texts.map((text) => line(text, '2026-01-01T10:00:00Z'))
    expect(readBy(seam, stamped('a', 'b'))).toEqual(['a', 'b'])
    expect(readBy(seam, stamped('c'))).toEqual(['c'])
    seam.beginAgain()
    expect(readBy(seam, stamped('a', 'b'))).toEqual([])
    expect(readBy(seam, stamped('c', 'd'))).toEqual(['d'])
    expect(readBy(seam, stamped('e'))).toEqual(['e'])
  })

  it('cannot be told apart without times', () => {
    const seam = createLogSeam()
    expect(readBy(seam, [line('x')])).toEqual(['x'])
    expect(seam.beginAgain()).toBe(false)
    expect(readBy(seam, [line('x')])).toEqual(['x'])
  })
})
