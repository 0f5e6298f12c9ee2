import { createServer, type ServerResponse } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../../main/engines/client'
import { dial } from '../../../main/engines/dial'
import { openTransport } from '../../../main/engines/transport'
import { toProblem } from '../../../main/errors'

const json = { 'content-type': 'application/json' }

/** A client of something that answers every request so. */
async function clientOf(answer: (response: ServerResponse) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-whole-'))
  const path = join(folder, 'engine.sock')
  const server = createServer((_, response) => answer(response))
  await once(server.listen(path), 'listening')
  const transport = openTransport({ protocol: 'unix', path })
  const client = createClient(transport)
  onTestFinished(() => {
    client.close()
    transport.close()
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    list: () => client.call((docker) => docker.listContainers()),
    libpod: () =>
      client.call((docker) =>
        dial(docker, { path: '/libpod/x', method: 'GET', statusCodes: { 200: true } }),
      ),
  }
}

test('an answer that is whole is parsed, also in many pieces, also of a route of libpod', async () => {
  const { list, libpod } = await clientOf((response) => {
    response.writeHead(200, json)
    for (const byte of '[{"Id":"é"}]') response.write(byte)
    response.end()
  })
  expect(await list()).toEqual([{ Id: 'é' }])
  expect(await libpod()).toEqual([{ Id: 'é' }])
})

test('an answer that breaks off fails at once, in words', async () => {
  const { list } = await clientOf((response) => {
    response.writeHead(200, { ...json, 'content-length': '100' })
    response.write('[{"Id":"a"},', () => response.destroy())
  })
  const problem = toProblem(await list().catch((error: unknown) => error))
  expect(problem).toMatchObject({
    code: 'engine-unreachable',
    message: "The engine's answer was cut off.",
  })
})

test('an answer that says to be JSON and is none fails in words', async () => {
  const { list } = await clientOf((response) => response.writeHead(200, json).end('[{"Id":\u0000'))
  const problem = toProblem(await list().catch((error: unknown) => error))
  expect(problem).toMatchObject({
    code: 'engine-error',
    message: expect.stringMatching(/cannot be read/) as string,
  })
})

test('a refusal keeps its status, and the words of the engine', async () => {
  const { list, libpod } = await clientOf((response) =>
    response.writeHead(500, json).end('{"cause":"no such container","message":"it is gone"}'),
  )
  for (const call of [list, libpod]) {
    const error = await call().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ statusCode: 500, json: { cause: 'no such container' } })
    expect(toProblem(error)).toMatchObject({ code: 'not-found', engineMessage: 'it is gone' })
  }
})
