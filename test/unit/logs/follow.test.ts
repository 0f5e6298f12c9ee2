import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ContainersModel } from '../../../main/containers/model'
import { Connection } from '../../../main/engines/connection'
import { openTransport } from '../../../main/engines/transport'
import { Watcher } from '../../../main/live/watcher'
import { LogSource } from '../../../main/logs/follow'

const id = 'a'.repeat(64)

/** Speaks as much of the Engine API as a connection and a log need; `answer` gets the requests for logs and pings. */
async function startEngine(answer: (route: 'logs' | 'ping', response: ServerResponse) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-follow-'))
  const routes: [RegExp, (response: ServerResponse) => void][] = [
    [/^\/libpod/, (response) => response.writeHead(404).end()],
    [/\/_ping/, (response) => answer('ping', response)],
    [/\/version/, (response) => response.end('{"ApiVersion":"1.41","MinAPIVersion":"1.12"}')],
    [/\/info/, (response) => response.end('{}')],
    [/\/events/, (response) => response.flushHeaders()],
    [/\/containers\/\w+\/json/, (response) => response.end('{"Config":{},"HostConfig":{}}')],
    [/\/logs/, (response) => answer('logs', response)],
  ]
  const server = createServer(({ url = '' }, response) => {
    const route = routes.find(([pattern]) => pattern.test(url))
    if (route) route[1](response)
    else response.writeHead(404).end()
  })
  const path = join(folder, 'engine.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  const model = new ContainersModel()
  const connection = new Connection({
    ...{ endpoint: { protocol: 'unix', path }, foundBy: 'test', settings: null, openTransport },
    handlers: {
      synchronise: () => Promise.resolve(),
      ...{ event: () => undefined, lost: () => undefined, changed: () => undefined },
    },
  })
  onTestFinished(async () => {
    await connection.close()
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true })
  })
  connection.start()
  return { connection, model }
}

test('a log that is closed while the engine is asked whether it is still there ends', async () => {
  const asked = new Watcher()
  let broken = false
  const engine = await startEngine((route, response) => {
    if (route === 'logs') {
      // The first one breaks; another would be followed for ever.
      response.flushHeaders()
      if (!broken) response.destroy()
      broken = true
    } else if (broken) asked.notify()
    else response.end('OK')
  })
  const closing = new AbortController()
  const source = new LogSource({
    ...{ engine, id, source: 0, willFollow: true },
    ...{ onLine: () => undefined, room: () => null, onState: () => undefined },
  })
  const following = source.follow(closing.signal)
  await asked.next(closing.signal, 0)
  closing.abort()
  await expect(following).rejects.toThrow('aborted')
})
