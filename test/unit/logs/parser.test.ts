import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogParser } from '../../../main/logs/parser'
import { formatStamp } from '../../../main/logs/stamp'
import { anyCuts, cut } from '../streams/chunks'
import { textOf } from './rawLines'

const AT = '2026-11-27T01:54:50.123456789Z'
const STDOUT = 1
const STDERR = 2

function frame(stream: number, payload: string | Uint8Array): Buffer {
  const bytes = Buffer.from(payload)
  const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([head, bytes])
}

function parse(chunks: Uint8Array[], tty = false) {
  const lines: { at: string | null; text: string; stderr: boolean; truncated: boolean }[] = []
  const parser = createLogParser(tty, 0, (line) =>
    lines.push({
      at: line.timed ? formatStamp(line) : null,
      text: textOf(line),
      stderr: line.stderr,
      truncated: line.truncated,
    }),
  )
  for (const chunk of chunks) parser.push(chunk)
  parser.end()
  parser.flush()
  return lines
}

describe('the parser of a log', () => {
  it('tells the streams apart and takes the time stamps off', () => {
    const body = [frame(STDOUT, `${AT} one\n`), frame(STDERR, `${AT} two\r\n${AT} three`)]
    expect(parse(body)).toEqual([
      { at: AT, text: 'one', stderr: false, truncated: false },
      { at: AT, text: 'two', stderr: true, truncated: false },
      { at: AT, text: 'three', stderr: true, truncated: false },
    ])
  })

  it("takes a terminal's log as it comes", () => {
    expect(
      parse([Buffer.from(`${AT} one\r\n${AT} two\r\n`)], true).map(({ text }) => text),
    ).toEqual(['one', 'two'])
  })

  it('joins the pieces of a line that Docker stamps one by one, however the bytes are cut', () => {
    const pieces = ['a'.repeat(40), '2026-11-27 is no stamp', 'é', `${AT.slice(0, 20)}x`, '']
    const body = Buffer.concat([
      ...pieces.map((piece) => frame(STDOUT, `${AT} ${piece}`)),
      frame(STDERR, `${AT} between\n`),
      frame(STDOUT, `${AT.replace('50.1', '51.2')} end\n`),
      frame(STDOUT, `${AT} next\n`),
    ])
    fc.assert(
      fc.property(anyCuts, (places) => {
        const lines = parse(cut(body, places))
        expect(lines.map(({ text }) => text)).toEqual(['between', `${pieces.join('')}end`, 'next'])
      }),
    )
  })

  it('leaves a piece alone that does not begin with such a stamp as its line', () => {
    const other = '2026-11-27T01:54:50.1234567Z'
    const body = [
      frame(STDOUT, `${AT} one `),
      frame(STDOUT, `${other} two `),
      frame(STDOUT, AT.slice(0, 9)),
    ]
    expect(parse(body).map(({ text }) => text)).toEqual([`one ${other} two ${AT.slice(0, 9)}`])
  })

  it('caps a line of 10 MB, and goes on with the next one', () => {
    const piece = 'x'.repeat(16 * 1024)
    const body = Array.from({ length: 640 }, () => frame(STDOUT, `${AT} ${piece}`))
    const lines = parse([...body, frame(STDOUT, `${AT} end\n`), frame(STDOUT, `${AT} next\n`)])
    expect(lines.map(({ text, truncated }) => [text.length, truncated])).toEqual([
      [64 * 1024, true],
      [4, false],
    ])
  })

  it('walks 100,000 tiny frames in one chunk', () => {
    const frames = Array.from({ length: 100_000 }, (_, at) => frame(STDOUT, at % 10 ? 'x' : '\n'))
    expect(parse([Buffer.concat(frames)]).length).toBe(10_001)
  })

  it('refuses a frame that claims 4 GiB', () => {
    const head = Buffer.from([STDOUT, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])
    expect(() => parse([frame(STDOUT, `${AT} one\n`), head])).toThrow(/announced a frame/)
  })

  it('refuses a body that ends in the middle of a frame', () => {
    expect(() => parse([frame(STDOUT, `${AT} one\n`).subarray(0, -3)])).toThrow(/cut off/)
  })
})
