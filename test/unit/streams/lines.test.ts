import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter, type Line } from '../../../main/streams/lines'
import { anyCuts, cut } from './chunks'

function split(chunks: Uint8Array[], maxLineBytes?: number): Line[] {
  const lines: Line[] = []
  const splitter = createLineSplitter({
    onLine: (line) => lines.push(line),
    ...(maxLineBytes === undefined ? {} : { maxLineBytes }),
  })
  for (const chunk of chunks) splitter.push(chunk)
  splitter.flush()
  return lines
}

const texts = (lines: Line[]) => lines.map((line) => line.text)

describe('the line splitter', () => {
  it('splits at LF and at CRLF, and keeps a CR inside a line', () => {
    expect(texts(split([Buffer.from('a\nb\r\n10%\r20%\n\nc\n')]))).toEqual([
      'a',
      'b',
      '10%\r20%',
      '',
      'c',
    ])
  })

  it('delivers a line as soon as its end has come', () => {
    const lines: Line[] = []
    const splitter = createLineSplitter({ onLine: (line) => lines.push(line) })
    splitter.push(Buffer.from('first\nsec'))
    expect(texts(lines)).toEqual(['first'])
    splitter.push(Buffer.from('ond\n'))
    expect(texts(lines)).toEqual(['first', 'second'])
  })

  it('delivers a last line without a line break at the end, once', () => {
    const lines: Line[] = []
    const splitter = createLineSplitter({ onLine: (line) => lines.push(line) })
    splitter.push(Buffer.from('a\nlast'))
    splitter.flush()
    splitter.flush()
    expect(texts(lines)).toEqual(['a', 'last'])
  })

  it('keeps characters intact that are cut into single bytes', () => {
    const bytes = Buffer.from('naïve €5 🐳 漢字\n')
    const single = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
    expect(texts(split(single))).toEqual(['naïve €5 🐳 漢字'])
  })

  it('replaces bytes that are no UTF-8, and reads on', () => {
    const bytes = Buffer.from([0x61, 0xff, 0x62, 0x0a, 0xc3, 0x0a, 0x63, 0x0a])
    expect(texts(split([bytes]))).toEqual(['a\ufffdb', '\ufffd', 'c'])
  })

  it('does not keep views into the chunks it was given', () => {
    const chunk = Buffer.from('begin')
    const lines: Line[] = []
    const splitter = createLineSplitter({ onLine: (line) => lines.push(line) })
    splitter.push(chunk)
    chunk.fill('x')
    splitter.push(Buffer.from(' end\n'))
    expect(texts(lines)).toEqual(['begin end'])
  })

  it('gives the same lines however the bytes are cut', () => {
    const anyText = fc.array(
      fc.oneof(
        fc.constantFrom('\n', '\r\n', '\r', 'é', '🐳', 'abcdefgh').map((s) => Buffer.from(s)),
        fc.uint8Array({ maxLength: 6 }),
      ),
      { maxLength: 24 },
    )
    fc.assert(
      fc.property(anyText, anyCuts, fc.integer({ min: 1, max: 12 }), (parts, places, limit) => {
        const bytes = Buffer.concat(parts)
        expect(split(cut(bytes, places), limit)).toEqual(split([bytes], limit))
      }),
      { numRuns: 1_000 },
    )
  })

  it('gives back every text that has no line break and no over-long line', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((s) => !/[\r\n]/.test(s))
    fc.assert(
      fc.property(fc.array(line), anyCuts, (lines, places) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''))
        expect(texts(split(cut(bytes, places)))).toEqual(lines)
      }),
    )
  })
})

describe('a line over the limit', () => {
  it('is cut, marked, and followed by the next line', () => {
    expect(split([Buffer.from('12345\n1234\n')], 4)).toEqual([
      { text: '1234', truncated: true },
      { text: '1234', truncated: false },
    ])
  })

  it('is measured without its CRLF', () => {
    expect(split([Buffer.from('1234\r\n')], 4)).toEqual([{ text: '1234', truncated: false }])
  })

  it('is cut between characters, not within one', () => {
    expect(split([Buffer.from('ab€cd\n')], 4)).toEqual([{ text: 'ab', truncated: true }])
    expect(split([Buffer.from('ab€cd\n')], 5)).toEqual([{ text: 'ab€', truncated: true }])
  })

  it('is delivered at once, before its line break comes', () => {
    const lines: Line[] = []
    const splitter = createLineSplitter({ onLine: (line) => lines.push(line), maxLineBytes: 4 })
    splitter.push(Buffer.from('12345'))
    expect(lines).toEqual([{ text: '1234', truncated: true }])
    splitter.push(Buffer.from('6789\nnext\n'))
    expect(texts(lines)).toEqual(['1234', 'next'])
  })

  it('of 10 MB without a line break costs no more memory than the limit', () => {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const before = process.memoryUsage().arrayBuffers
    const lines: Line[] = []
    const splitter = createLineSplitter({ onLine: (line) => lines.push(line) })
    for (let sent = 0; sent < 10_000_000; sent += chunk.length) splitter.push(chunk)
    const grown = process.memoryUsage().arrayBuffers - before
    splitter.push(Buffer.from('\nafter\n'))
    expect(lines.map(({ text, truncated }) => [text.length, truncated])).toEqual([
      [64 * 1024, true],
      [5, false],
    ])
    expect(grown).toBeLessThan(1_000_000)
  })
})
