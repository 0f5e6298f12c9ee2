import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { writeTar } from '../../../main/archives/writeTar'
import type { JobProgress } from '../../../main/jobs/jobs'
import { newFolder, tarOf } from './tars'

const content = tarOf([{ name: 'a', content: randomBytes(200_000) }])

function chunked(bytes: Uint8Array): Readable {
  const chunks = Array.from({ length: Math.ceil(bytes.length / 1_000) }, (_, at) =>
    Buffer.from(bytes.subarray(at * 1_000, (at + 1) * 1_000)),
  )
  return Readable.from(chunks, { objectMode: false })
}

function job(name = 'images.tar') {
  const abort = new AbortController()
  const told: JobProgress[] = []
  const file = join(newFolder(), name)
  const write = (body: Readable, estimatedBytes: number | null = null) =>
    writeTar(
      { file, overwrite: false, estimatedBytes, open: () => Promise.resolve(body) },
      { signal: abort.signal, report: (progress) => told.push(progress) },
    )
  return { abort, told, file, write, left: () => readdirSync(dirname(file)) }
}

describe('a tar that an engine sends', () => {
  test('is written as it comes, and its bytes are counted', async () => {
    const { write, file, told } = job()
    const bytes = await content
    expect(await write(chunked(bytes), bytes.length)).toBe(bytes.length)
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(told.at(-1)).toMatchObject({ currentBytes: bytes.length, totalBytes: bytes.length })
  })

  test('has no total any more once it is larger than was thought', async () => {
    const { write, told } = job()
    await write(chunked(await content), 1_000)
    expect(told[0]).toMatchObject({ currentBytes: 0, totalBytes: 1_000 })
    expect(told.at(-1)?.totalBytes).toBeNull()
  })

  test.each(['images.tar.gz', 'images.TGZ'])('is compressed in a file called %s', async (name) => {
    const { write, file } = job(name)
    const size = await write(chunked(await content))
    const packed = readFileSync(file)
    expect(size).toBe(packed.length)
    expect(gunzipSync(packed).equals(await content)).toBe(true)
    execFileSync('tar', ['--list', '--gzip', '--file', file])
  })

  test('is not kept where the engine says in the middle that it failed', async () => {
    const { write, left } = job()
    const words = '{"message":"layer does not exist"}\n'
    const body = Buffer.concat([(await content).subarray(0, 102_400), Buffer.from(words)])
    await expect(write(chunked(body))).rejects.toMatchObject({
      code: 'engine-error',
      engineMessage: words.trim(),
    })
    expect(left()).toEqual([])
  })

  test('is not kept where it is cut off', async () => {
    for (const bytes of [0, 512, 1_024, 150_000]) {
      const { write, left } = job()
      await expect(write(chunked((await content).subarray(0, bytes)))).rejects.toMatchObject({
        code: 'engine-error',
      })
      expect(left()).toEqual([])
    }
  })

  test('is not kept where the connection breaks, and that is told as the engine’s failure', async () => {
    const { write, left } = job()
    const bytes = await content
    const body = Readable.from(
      (function* () {
        yield bytes.subarray(0, 50_000)
        throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
      })(),
      { objectMode: false },
    )
    await expect(write(body)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(left()).toEqual([])
  })

  test('is not kept when the job is cancelled', async () => {
    const { abort, write, left } = job()
    const body = new Readable({ read: () => undefined })
    body.push((await content).subarray(0, 10_000))
    const writing = write(body)
    body.once('data', () => abort.abort())
    await expect(writing).rejects.toThrow()
    expect(body.destroyed).toBe(true)
    expect(left()).toEqual([])
  })
})
