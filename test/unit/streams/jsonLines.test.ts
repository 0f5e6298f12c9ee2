import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { jsonLines } from '../../../main/streams/jsonLines'
import { anyCuts, cut } from './chunks'
import { collect } from './collect'

const bodyOf = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)))

describe('JSON lines', () => {
  it.each([
    ['CRLF, as Docker does', '{"a":1}\r\n{"b":2}\r\n'],
    ['LF, as Podman does', '{"a":1}\n{"b":2}\n'],
    ['nothing, at the last one', '{"a":1}\n{"b":2}'],
    ['blank lines between', '\n{"a":1}\n\r\n \n{"b":2}\n\n'],
  ])('reads values ended by %s', async (_, text) => {
    expect(await collect(jsonLines(bodyOf(text)))).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('skips a malformed line, counts it, and goes on', async () => {
    const reported: Array<[string, number]> = []
    const values = await collect(
      jsonLines(bodyOf('{"a":1}\n{"broken\n{"b":2}\nnot json\n{"c":3}\n'), {
        onMalformed: (beginning, count) => reported.push([beginning, count]),
      }),
    )
    expect(values).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }])
    expect(reported).toEqual([
      ['{"broken', 1],
      ['not json', 2],
    ])
  })

  it('counts a line that is too long as malformed, and reports only its beginning', async () => {
    const reported: string[] = []
    const values = await collect(
      jsonLines(bodyOf(`"${'x'.repeat(5_000)}"\n`, '{"b":2}\n'), {
        maxLineBytes: 1_000,
        onMalformed: (beginning) => reported.push(beginning),
      }),
    )
    expect(values).toEqual([{ b: 2 }])
    expect(reported).toEqual([`"${'x'.repeat(199)}`])
  })

  it('gives the same values however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), anyCuts, async (values, places) => {
        const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\r\n`).join(''))
        const read = await collect(jsonLines(Readable.from(cut(bytes, places))))
        expect(JSON.stringify(read)).toBe(JSON.stringify(values))
      }),
    )
  })

  it('yields a value before the next bytes come', async () => {
    const body = new PassThrough()
    const values = jsonLines(body)
    body.write('{"a":1}\n{"b"')
    expect((await values.next()).value).toEqual({ a: 1 })
    body.end(':2}\n')
    expect((await values.next()).value).toEqual({ b: 2 })
    expect((await values.next()).done).toBe(true)
  })

  it('ends with the reason of its signal while it waits for bytes', async () => {
    const body = new PassThrough()
    const controller = new AbortController()
    const waiting = jsonLines(body, { signal: controller.signal }).next()
    const reason = new Error('the person cancelled')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(body.destroyed).toBe(true)
  })

  it('does not begin when its signal has already ended', async () => {
    const body = bodyOf('{"a":1}\n')
    await expect(collect(jsonLines(body, { signal: AbortSignal.abort('early') }))).rejects.toBe(
      'early',
    )
  })

  it('destroys the body when the loop is left', async () => {
    const body = new PassThrough()
    body.write('{"a":1}\n')
    for await (const value of jsonLines(body)) {
      expect(value).toEqual({ a: 1 })
      break
    }
    expect(body.destroyed).toBe(true)
  })

  it('reads no further than the loop takes', async () => {
    let produced = 0
    const body = new Readable({
      highWaterMark: 1_000,
      read() {
        produced += 1
        this.push(produced > 1_000 ? null : Buffer.from(`{"n":${produced}}\n`))
      },
    })
    const values = jsonLines(body)
    await values.next()
    await new Promise((resolve) => setImmediate(resolve))
    expect(produced).toBeLessThan(200)
    await values.return()
  })

  it('refuses a body that is text already, whose characters may be broken', async () => {
    const body = bodyOf('{"a":1}\n').setEncoding('utf8')
    await expect(collect(jsonLines(body))).rejects.toThrow('encoding')
  })
})

describe('an answer that is cut off', () => {
  async function answerOf(handler: (response: ServerResponse) => void): Promise<IncomingMessage> {
    const server = createServer((_, response) => {
      handler(response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    return new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1' }, resolve).on('error', reject)
    })
  }

  it('rejects after the values that were complete', async () => {
    const answer = await answerOf((response) => {
      response.write('{"a":1}\n{"b":', () => response.destroy())
    })
    const values = jsonLines(answer)
    expect((await values.next()).value).toEqual({ a: 1 })
    await expect(values.next()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('ends well when the answer ended well', async () => {
    const answer = await answerOf((response) => response.end('{"a":1}\n'))
    expect(await collect(jsonLines(answer))).toEqual([{ a: 1 }])
  })
})
