import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { Connection } from '../../../main/engines/connection'
import { openTransport, type Transport } from '../../../main/engines/transport'
import type { Engine } from '../../../preload/contract/engines'

const WAIT = { timeout: 15_000 }

/** Speaks as much of the Engine API as a connection needs. */
const ENGINE = `
  // A process that was killed leaves its socket.
  require('node:fs').rmSync(process.argv[1], { force: true })
  const answers = [[/libpod/, 404, ''], [/_ping/, 200, 'OK'],
    [/version/, 200, '{"ApiVersion":"1.41","MinAPIVersion":"1.12"}'], [/info/, 200, '{}']]
  require('node:http').createServer(({ url }, response) => {
    if (/events/.test(url)) return response.flushHeaders()
    const [, status = 404, body = ''] = answers.find(([path]) => path.test(url)) ?? []
    response.writeHead(status).end(body)
  }).listen(process.argv[1])`

/** A connection to an engine that is a process of its own, once `start` was called. */
function openConnection() {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-connection-'))
  const path = join(folder, 'engine.sock')
  const states: Engine['state'][] = []
  let lost = 0
  const transports: WeakRef<Transport>[] = []
  const connection: Connection = new Connection({
    ...{ endpoint: { protocol: 'unix', path }, foundBy: 'test', settings: null },
    openTransport: (endpoint) => {
      const transport = openTransport(endpoint)
      transports.push(new WeakRef(transport))
      return transport
    },
    handlers: {
      synchronise: () => Promise.resolve(),
      event: () => undefined,
      lost: () => (lost += 1),
      changed: () => {
        const { state } = connection.engine.value
        if (state !== states.at(-1)) states.push(state)
      },
    },
  })
  onTestFinished(async () => {
    await connection.close()
    rmSync(folder, { recursive: true })
  })
  connection.start()
  return {
    connection,
    states,
    transports,
    lost: () => lost,
    reach: (state: Engine['state']) => expect.poll(() => states.at(-1), WAIT).toBe(state),
    start: () => {
      const child = spawn(process.execPath, ['-e', ENGINE, path], { stdio: 'ignore' })
      const end = async () => {
        child.kill('SIGKILL')
        if (child.signalCode === null) await once(child, 'exit')
      }
      onTestFinished(end)
      return { signal: (name: NodeJS.Signals) => child.kill(name), end }
    },
  }
}

test('nobody is there: discovering, with a reason; then by a handshake to connected', async () => {
  const { connection, states, reach, start } = openConnection()
  await expect
    .poll(() => connection.engine.value, WAIT)
    .toMatchObject({ state: 'discovering', problem: { code: 'engine-unreachable' } })
  expect(connection.engine.value.lastHeardAt).toBeNull()
  start()
  await reach('connected')
  expect(states.slice(-3)).toEqual(['discovering', 'connecting', 'connected'])
  expect(connection.engine.value).toMatchObject({ problem: null })
  expect(connection.engine.value.lastHeardAt).not.toBeNull()
})

test('an engine that freezes and thaws is stale meanwhile, and its connection lives on', async () => {
  const { states, lost, reach, start } = openConnection()
  const { signal } = start()
  await reach('connected')
  signal('SIGSTOP')
  await reach('stale')
  signal('SIGCONT')
  await reach('connected')
  expect(states.slice(-3)).toEqual(['connected', 'stale', 'connected'])
  expect(lost()).toBe(0)
})

test('an engine that ends is lost, and connected anew when it is back', async () => {
  const { states, lost, reach, start } = openConnection()
  const { end } = start()
  await reach('connected')
  await end()
  await reach('reconnecting')
  expect(lost()).toBe(1)
  start()
  await reach('connected')
  expect(states.slice(-4)).toEqual(['connected', 'reconnecting', 'connecting', 'connected'])
})

test('an engine that took the place of another is connected to, and nothing of the other is kept', async () => {
  const { transports, lost, reach, start } = openConnection()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  start()
  await reach('connected')
  const earlier = transports.splice(0)
  start()
  await expect.poll(lost, WAIT).toBe(1)
  await reach('connected')
  await expect
    .poll(() => {
      collect()
      return earlier.filter((transport) => transport.deref())
    }, WAIT)
    .toEqual([])
})
