import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createDemuxer,
  createRawStream,
  streamNames,
  type Demuxer,
  type StreamName,
} from '../../../main/streams/demux'
import { anyCuts, cut } from './chunks'
import { fixture } from './fixtures'

interface Frame {
  stream: StreamName
  payload: Uint8Array
}

function encode({ stream, payload }: Frame): Buffer {
  const header = Buffer.alloc(8)
  header[0] = streamNames.indexOf(stream)
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

const text = (stream: StreamName, words: string): Frame => ({ stream, payload: Buffer.from(words) })

/** Payload bytes in order; pieces of one stream that follow each other count as one. */
function recorder() {
  const pieces: Array<{ stream: StreamName; bytes: Buffer[] }> = []
  return {
    onPayload: (payload: Uint8Array, stream: StreamName) => {
      const last = pieces.at(-1)
      if (last?.stream === stream) last.bytes.push(Buffer.from(payload))
      else pieces.push({ stream, bytes: [Buffer.from(payload)] })
    },
    runs: () =>
      pieces.map(({ stream, bytes }) => ({
        stream,
        text: Buffer.concat(bytes).toString('latin1'),
      })),
  }
}

function demuxAll(chunks: Uint8Array[]): Array<{ stream: StreamName; text: string }> {
  const recorded = recorder()
  const demuxer = createDemuxer({ onPayload: recorded.onPayload })
  for (const chunk of chunks) demuxer.push(chunk)
  demuxer.end()
  return recorded.runs()
}

function failureOf(demuxer: Demuxer, bytes: Uint8Array): unknown {
  try {
    demuxer.push(bytes)
    demuxer.end()
    return undefined
  } catch (error) {
    return error
  }
}

const anyFrame = fc.record({
  stream: fc.constantFrom(...streamNames),
  payload: fc.uint8Array({ maxLength: 40 }),
})

describe('the demultiplexer', () => {
  it('tells the streams apart and keeps their order', () => {
    const frames = [text('stdout', 'one'), text('stderr', 'two'), text('stdout', 'three')]
    expect(demuxAll([Buffer.concat(frames.map(encode))])).toEqual([
      { stream: 'stdout', text: 'one' },
      { stream: 'stderr', text: 'two' },
      { stream: 'stdout', text: 'three' },
    ])
  })

  it.each(['docker-logs.bin', 'podman-logs.bin'])('reads the recorded %s', (name) => {
    expect(demuxAll([fixture(name)])).toEqual([
      { stream: 'stdout', text: 'out one\n' },
      { stream: 'stderr', text: 'err one\n' },
      { stream: 'stdout', text: Buffer.from('hé last').toString('latin1') },
    ])
  })

  it('gives the same payloads however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 12 }), anyCuts, (frames, places) => {
        const bytes = Buffer.concat(frames.map(encode))
        expect(demuxAll(cut(bytes, places))).toEqual(demuxAll([bytes]))
      }),
    )
  })

  it('loses and invents no byte of any stream', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 12 }), anyCuts, (frames, places) => {
        const runs = demuxAll(cut(Buffer.concat(frames.map(encode)), places))
        for (const name of streamNames) {
          const sent = frames.filter(({ stream }) => stream === name).map(({ payload }) => payload)
          const received = runs.filter(({ stream }) => stream === name).map((run) => run.text)
          expect(received.join('')).toBe(Buffer.concat(sent).toString('latin1'))
        }
      }),
    )
  })

  it('marks what the engine itself complains about', () => {
    expect(demuxAll([encode(text('error', 'no such driver'))])).toEqual([
      { stream: 'error', text: 'no such driver' },
    ])
  })

  it('goes on after an engine error', () => {
    const frames = [text('error', 'hiccup'), text('stdout', 'more')]
    expect(demuxAll(frames.map(encode)).at(-1)).toEqual({ stream: 'stdout', text: 'more' })
  })

  it('walks 100,000 tiny frames in one chunk', () => {
    const chunk = Buffer.concat(Array.from({ length: 100_000 }, () => encode(text('stdout', 'x'))))
    expect(demuxAll([chunk])).toEqual([{ stream: 'stdout', text: 'x'.repeat(100_000) }])
  })

  it('hands a long payload on as it arrives instead of collecting it', () => {
    const sizes: number[] = []
    const demuxer = createDemuxer({ onPayload: (payload) => sizes.push(payload.length) })
    demuxer.push(Buffer.from([1, 0, 0, 0, 0, 0, 0x10, 0]))
    demuxer.push(Buffer.alloc(1_000))
    demuxer.push(Buffer.alloc(3_096))
    expect(sizes).toEqual([1_000, 3_096])
  })

  it('refuses a frame that claims 4 GiB', () => {
    const demuxer = createDemuxer({ onPayload: () => undefined })
    const error = failureOf(demuxer, Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]))
    expect(error).toMatchObject({ code: 'frame-too-large' })
    expect((error as Error).message).toContain('4294967295')
  })

  it('takes a frame of exactly the limit', () => {
    const demuxer = createDemuxer({ onPayload: () => undefined, maxFrameBytes: 4 })
    expect(failureOf(demuxer, encode(text('stdout', 'four')))).toBeUndefined()
    expect(failureOf(demuxer, encode(text('stdout', 'fives')))).toMatchObject({
      code: 'frame-too-large',
    })
  })

  it.each([
    ['an unknown stream type', [4, 0, 0, 0, 0, 0, 0, 1]],
    ['padding that is not zero', [1, 0, 7, 0, 0, 0, 0, 1]],
    ['the text of a terminal', [...Buffer.from('$ ls -la')]],
  ])('refuses %s', (_, bytes) => {
    const demuxer = createDemuxer({ onPayload: () => undefined })
    expect(failureOf(demuxer, Buffer.from(bytes))).toMatchObject({ code: 'malformed-header' })
  })

  it('stays refused after it has refused', () => {
    const demuxer = createDemuxer({ onPayload: () => undefined })
    failureOf(demuxer, Buffer.from([9, 0, 0, 0, 0, 0, 0, 1]))
    expect(failureOf(demuxer, encode(text('stdout', 'fine')))).toMatchObject({
      code: 'malformed-header',
    })
  })

  it.each([
    ['a header', [1, 0, 0]],
    ['a payload', [1, 0, 0, 0, 0, 0, 0, 5, 0x61]],
  ])('says so when the stream is cut off within %s', (_, bytes) => {
    const demuxer = createDemuxer({ onPayload: () => undefined })
    expect(failureOf(demuxer, Buffer.from(bytes))).toMatchObject({ code: 'truncated' })
  })
})

describe('a raw stream', () => {
  it('passes every byte on as stdout and may end anywhere', () => {
    const recorded = recorder()
    const raw = createRawStream(recorded.onPayload)
    for (const chunk of cut(Buffer.from('\x01\x00\x00\x00$ ls'), [2, 5])) raw.push(chunk)
    raw.end()
    expect(recorded.runs()).toEqual([{ stream: 'stdout', text: '\x01\x00\x00\x00$ ls' }])
  })
})
