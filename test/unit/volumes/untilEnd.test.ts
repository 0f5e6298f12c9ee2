import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { untilEnd } from '../../../main/volumes/untilEnd'

const END_BYTES = 1024

async function tar(): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name: 'folder/', type: 'directory' })
  archive.entry({ name: `folder/${'x'.repeat(200)}` }, 'long name')
  archive.entry({ name: 'sized', pax: { comment: '20 size=99999\n' } }, 'extended')
  archive.entry({ name: 'link', type: 'link', linkname: 'sized' })
  // Zeros that are content are none of the end's.
  archive.entry({ name: 'zeros' }, Buffer.alloc(5_000))
  archive.finalize()
  return buffer(Readable.from(archive, { objectMode: false }))
}

function chunked(bytes: Buffer, size: number): Readable {
  const chunks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
  return Readable.from(chunks)
}

const read = async (bytes: Buffer, size: number) => {
  const parts: Buffer[] = []
  for await (const part of untilEnd(chunked(bytes, size))) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

describe('a tar up to its end', () => {
  test.each([1, 7, 512, 513, 65_536])('is whole, whatever its chunks (%i bytes)', async (size) => {
    const whole = await tar()
    expect(await read(whole, size)).toEqual(whole)
  })

  test.each([100, 512, 10_240])('loses what pads it behind (chunks of %i bytes)', async (size) => {
    const whole = await tar()
    const padded = Buffer.concat([whole, Buffer.alloc(20_480), Buffer.from('garbage')])
    expect(await read(padded, size)).toEqual(whole)
    expect(whole.subarray(-END_BYTES).every((byte) => byte === 0)).toBe(true)
  })

  test('one that was cut off stays as it is', async () => {
    const cut = (await tar()).subarray(0, 1_800)
    expect(await read(cut, 300)).toEqual(cut)
  })

  test('of the size that only an extended header tells is skipped as a whole', async () => {
    const archive = pack()
    archive.entry({ name: 'large' }, Buffer.alloc(2_048, 1))
    archive.finalize()
    const plain = await buffer(Readable.from(archive, { objectMode: false }))
    // The same with the size in an extended header, and none in its own.
    const record = '13 size=2048\n'
    const extended = Buffer.from(plain.subarray(0, 512))
    extended.write('x', 156, 'latin1')
    extended.write(`${record.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
    const body = Buffer.alloc(512)
    body.write(record)
    const header = Buffer.from(plain.subarray(0, 512))
    header.write('00000000000\0', 124, 'latin1')
    const whole = Buffer.concat([extended, body, header, plain.subarray(512)])
    expect(await read(Buffer.concat([whole, Buffer.alloc(5_000)]), 700)).toEqual(whole)
  })
})
