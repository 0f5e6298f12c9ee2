import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import type { EngineFacts } from './bed'
import { engineRequest } from './bed/api'

/** Makes an image of one more layer on top of another, which the engine knows as its parent. */
export async function buildOn(engine: EngineFacts, reference: string, base: string): Promise<void> {
  const context = pack()
  context.entry({ name: 'more' }, randomBytes(100_000))
  context.entry({ name: 'Dockerfile' }, `FROM ${base}\nLABEL why=test\nCOPY more /more\n`)
  context.finalize()
  const path = `/build?${new URLSearchParams({ t: reference, pull: '0' })}`
  const { status, body } = await engineRequest(engine, 'POST', path, Readable.from(context))
  if (status !== 200 || body.includes('"error"')) throw new Error(`HTTP ${status}: ${body}`)
}
