import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { KernelFile, parseInteger, parseKeyed } from '../../../main/stats/kernelFile'

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
      const parsed = parse(`${String(value)}\n`) ?? 0
      expect(Math.abs(parsed / Number(value) - 1)).toBeLessThan(2 ** -50)
    }),
  )
})

test('text without digits is no number', () => {
  expect(parse('max 100000\n')).toBeNull()
  expect(parse('-\n')).toBeNull()
  expect(parse('')).toBeNull()
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
      const expected = new Map(lines).get(wanted) ?? null
      expect(parseKeyed(buffer, text.length, Buffer.from(`${wanted} `))).toBe(expected)
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
  expect(file.readInteger()).toBe(1_234_567)
  writeFileSync(path, '8\n')
  expect(file.readInteger()).toBe(8)
})
