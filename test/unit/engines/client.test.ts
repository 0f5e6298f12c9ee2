import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClient, type EngineClient } from '../../../main/engines/client'
import { openTransport } from '../../../main/engines/transport'
import { inParallel } from '../../../main/inParallel'

const CALLS = 200

test('a call among others at the same time costs about what it costs alone', async () => {
  const client = await openClient()
  await cpuMicros(client, 1)
  const alone = await cpuMicros(client, 1)
  const together = await cpuMicros(client, 16)
  expect(together).toBeLessThan(2.5 * alone)
})

/** Of a call, where so many are under way at any time. */
async function cpuMicros(client: EngineClient, atOnce: number): Promise<number> {
  const before = process.cpuUsage()
  await inParallel(
    Array.from({ length: CALLS }, (_, at) => String(at)),
    atOnce,
    async (id) => {
      await client.call((docker) => docker.getImage(id).inspect())
    },
    new AbortController().signal,
  )
  return process.cpuUsage(before).user / CALLS
}

/** Of something that answers every call a little later, so that others come meanwhile. */
async function openClient(): Promise<EngineClient> {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-client-'))
  const path = join(folder, 'engine.sock')
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'application/json')
    setImmediate(() => answer.end(JSON.stringify({ Id: 'x'.repeat(2_000) })))
  })
  await once(server.listen(path), 'listening')
  const transport = openTransport({ protocol: 'unix', path })
  const client = createClient(transport)
  onTestFinished(() => {
    client.close()
    transport.close()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return client
}
