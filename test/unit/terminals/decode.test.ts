import { expect, test } from 'vitest'
import { createDecoder } from '../../../main/terminals/decode'

/** A frame of the engine's multiplexed stream: 1 is standard output, 2 standard error. */
function frame(stream: 1 | 2, payload: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

test('characters cut anywhere come out whole, and bytes that are none as U+FFFD', () => {
  const text = 'aé€🐳\ufeffz'
  const bytes = Buffer.from(text)
  for (let cut = 0; cut <= bytes.length; cut++) {
    const decoder = createDecoder(true)
    expect(decoder.push(bytes.subarray(0, cut)) + decoder.push(bytes.subarray(cut))).toBe(text)
    expect(decoder.end()).toBe('')
  }
  const broken = createDecoder(true)
  expect(broken.push(Buffer.from([0x61, 0xff, 0xf0, 0x9f]))).toBe('a\ufffd')
  expect(broken.end()).toBe('\ufffd')
})

test('without a terminal, output and errors each keep their characters, and lines end as terminals want', () => {
  const whale = Buffer.from('🐳\n')
  const decoder = createDecoder(false)
  const parts = [
    frame(1, whale.subarray(0, 2)),
    frame(2, Buffer.from('€\n')),
    frame(1, whale.subarray(2)),
  ]
  const bytes = Buffer.concat(parts)
  let text = ''
  for (const byte of bytes) text += decoder.push(Buffer.from([byte]))
  expect(text + decoder.end()).toBe('€\r\n🐳\r\n')
})

test('what is no multiplexed stream is refused', () => {
  expect(() => createDecoder(false).push(Buffer.from('plain text of a terminal'))).toThrow()
})
