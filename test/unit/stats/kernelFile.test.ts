import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import {
  integerOf,
  KernelFile,
  keyedOf,
  networkBytesOf,
  parseInteger,
  sumAfter,
} from '../../../main/stats/kernelFile'

const parse = (text: string) => parseInteger(Buffer.from(text), 0, text.length)

test('every integer that a double holds is parsed exactly, whatever follows it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
      fc.constantFrom('', '\n', ' 100000\n', '\n\n'),
      (value, rest) => {
        expect(parse(`${value}${rest}`)).toBe(value)
      },
    ),
  )
})

test('a larger one is off by a few units at most', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), (value) => {
      const parsed = parse(`${String(value)}\n`)
      expect(Math.abs(parsed / Number(value) - 1)).toBeLessThan(2 ** -50)
    }),
  )
})

test('text without digits is no number', () => {
  expect(parse('max 100000\n')).toBeNaN()
  expect(parse('-\n')).toBeNaN()
  expect(parse('')).toBeNaN()
})

test('digits after the end are not read', () => {
  expect(parseInteger(Buffer.from('12345'), 0, 2)).toBe(12)
})

test('a keyed value is found in any flat keyed file, under its whole key only', () => {
  const key = fc.stringMatching(/^[a-z_]{1,12}$/)
  const entries = fc.uniqueArray(fc.tuple(key, fc.nat()), { selector: ([name]) => name })
  fc.assert(
    fc.property(entries, key, fc.string(), (lines, wanted, stale) => {
      const text = lines.map(([name, value]) => `${name} ${value}\n`).join('')
      // What an earlier, longer read left in the buffer.
      const buffer = Buffer.from(`${text}${stale}\n${wanted} 7\n`)
      const expected = new Map(lines).get(wanted) ?? Number.NaN
      expect(keyedOf({ bytes: buffer, length: text.length }, Buffer.from(`${wanted} `))).toBe(
        expected,
      )
    }),
  )
})

test('a file kept open tells its present content', () => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-kernel-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'usage')
  writeFileSync(path, '1234567\n')
  const file = new KernelFile(path)
  onTestFinished(() => file.close())
  expect(integerOf(file.read())).toBe(1_234_567)
  writeFileSync(path, '8\n')
  expect(integerOf(file.read())).toBe(8)
})

test('a text of any length is read whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-kernel-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'dev')
  for (const kib of [1, 15, 16, 17, 40, 1]) {
    writeFileSync(path, `first 1\n${'-'.repeat(kib * 1024)}\nlast 2\n`)
    const file = new KernelFile(path)
    onTestFinished(() => file.close())
    const text = file.read()
    expect(text.length).toBe(statSync(path).size)
    expect(keyedOf(text, Buffer.from('first '))).toBe(1)
    expect(keyedOf(text, Buffer.from('last '))).toBe(2)
  }
})

/** A text as it lies in the buffer that all files are read into: behind it, what an earlier read left. */
function inBuffer(text: string, stale = '') {
  return { bytes: Buffer.from(text + stale), length: Buffer.byteLength(text) }
}

const count = fc.nat({ max: 2 ** 40 })
const device = fc.tuple(fc.nat(300), fc.nat(300)).map(([major, minor]) => `${major}:${minor}`)

test('bytes of all devices are added up, as v1 and as v2 write them', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ device, read: count, written: count })), (devices) => {
      const v2 = devices
        .map((one) => `${one.device} rbytes=${one.read} wbytes=${one.written} rios=9 wios=9\n`)
        .join('')
      const v1 = devices
        .map((one) => `${one.device} Read ${one.read}\n${one.device} Write ${one.written}\n`)
        .join('')
      const total = devices.reduce((sum, one) => sum + one.read, 0)
      const stale = '1:2 rbytes=5 wbytes=5\n1:2 Read 5\n'
      expect(sumAfter(inBuffer(v2, stale), Buffer.from('rbytes='))).toBe(total)
      expect(sumAfter(inBuffer(`${v1}Total 77\n`, stale), Buffer.from(' Read '))).toBe(total)
    }),
  )
})

const HEADINGS =
  'Inter-|   Receive                                                |  Transmit\n' +
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop\n'

test('all interfaces but lo are added up, whatever they are called and however wide', () => {
  const interfaceName = fc
    .stringMatching(/^[a-z][a-z0-9.@-]{0,14}$/)
    .filter((name) => name !== 'lo')
  const line = fc.record({ name: interfaceName, received: count, sent: count, pad: fc.nat(8) })
  fc.assert(
    fc.property(fc.array(line), count, (lines, loopback) => {
      const text = [{ name: 'lo', received: loopback, sent: loopback, pad: 4 }, ...lines]
        .map(({ name, received, sent, pad }) => {
          const gap = ' '.repeat(pad)
          return `${gap}${name}:${gap}${received} ${gap}1 2 3 4 5 6 7${gap} ${sent} 8 9 10 11 12 13 14\n`
        })
        .join('')
      const into = { receivedBytes: -1, sentBytes: -1 }
      networkBytesOf(inBuffer(HEADINGS + text, 'eth9: 1 1 1 1 1 1 1 1 1\n'), into)
      expect(into).toEqual({
        receivedBytes: lines.reduce((sum, { received }) => sum + received, 0),
        sentBytes: lines.reduce((sum, { sent }) => sum + sent, 0),
      })
    }),
  )
})

test('arbitrary bytes crash no parser, and sums stay numbers', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, end) => {
      const text = { bytes: Buffer.from(bytes), length: Math.min(end, bytes.length) }
      const into = { receivedBytes: 0, sentBytes: 0 }
      networkBytesOf(text, into)
      expect(() => keyedOf(text, Buffer.from('a '))).not.toThrow()
      expect(Number.isNaN(into.receivedBytes)).toBe(false)
      expect(sumAfter(text, Buffer.from('a'))).not.toBeNaN()
    }),
  )
})
