import { describe, expect, it } from 'vitest'
import { plainText } from '../../../../preload/contract/logText'
import { segments } from '../../../../renderer/logs/ansi'
import { cutSegments, markSegments } from '../../../../renderer/logs/marks'

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

describe('marks in a line', () => {
  const pieces = [
    { text: 'GET /api', style: {} },
    { text: '/orders', style: { color: 'red' } },
  ]

  it('go across the borders of colours', () => {
    expect(markSegments(pieces, [[5, 12]])).toEqual([
      { text: 'GET /', style: {}, marked: false },
      { text: 'api', style: {}, marked: true },
      { text: '/ord', style: { color: 'red' }, marked: true },
      { text: 'ers', style: { color: 'red' }, marked: false },
    ])
  })

  it('lose no text, wherever they are', () => {
    for (const ranges of [
      [],
      [[0, 15]],
      [[3, 3]],
      [
        [0, 1],
        [14, 99],
      ],
    ] as [number, number][][]) {
      const text = markSegments(pieces, ranges).map((piece) => piece.text)
      expect(text.join('')).toBe('GET /api/orders')
    }
  })

  it('are cut with the text where that is too long to be shown', () => {
    const short = cutSegments(markSegments(pieces, [[5, 12]]), 9)
    expect(short.map(({ text, marked }) => [text, marked])).toEqual([
      ['GET /', false],
      ['api', true],
      ['/', true],
    ])
  })
})
