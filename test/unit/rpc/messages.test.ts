import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { createApp, type App } from '../../../main/app'
import { createPortServer } from '../../../main/rpc/ports'
import { createSocketServer } from '../../../main/rpc/sockets'
import { errorCodes } from '../../../preload/contract/errors'
import { nowhere } from '../../client'
import { testPlatform } from '../../platform'
import { MessagePortMain } from '../../standin/ports'
import { Random } from '../fuzz/random'
import { openSocket, startHarness, type Harness } from '../serve/harness'

const SEED = 20_261_128
const SPOILT = 1_500
/** In browser mode a message is no longer than this: main/serve/sockets.ts. */
const MOST_BYTES = 1024 * 1024

let folder: string
let app: App
let server: Harness
const crashes: unknown[] = []
const note = (error: unknown) => crashes.push(error)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longshore-messages-'))
  const surroundings = nowhere(folder)
  app = createApp(testPlatform(folder), { engine: null, demo: false, surroundings })
  server = await startHarness({ acceptSocket: createSocketServer(app.router) })
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
  await server.close()
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

/** The page's end of a connection, below every library that would mend what it sends. */
interface RawPage {
  send(message: string | Uint8Array): void
  /** Emits `message` with each answer, and `closed`. */
  told: EventEmitter
  isClosed(): boolean
  close(): void
}

function overSocket(socket: WebSocket): RawPage {
  const told = new EventEmitter()
  socket.on('message', (data: Buffer) => told.emit('message', data.toString()))
  socket.on('close', () => told.emit('closed'))
  socket.on('error', () => undefined)
  return {
    told,
    send: (message) => socket.send(message),
    isClosed: () => socket.readyState >= socket.CLOSING,
    close: () => socket.terminate(),
  }
}

function overPort(port: MessagePort): RawPage {
  const told = new EventEmitter()
  let closed = false
  port.on('message', (data: unknown) => told.emit('message', data))
  port.on('close', () => {
    closed = true
    told.emit('closed')
  })
  return {
    told,
    send: (message) => port.postMessage(message),
    isClosed: () => closed,
    close: () => port.close(),
  }
}

let session: Promise<{ cookie: string; key: string }> | null = null
const transports: Record<string, () => Promise<RawPage>> = {
  async 'the WebSocket of browser mode'() {
    session ??= server.enter()
    const { cookie: Cookie, key } = await session
    const at = `127.0.0.1:${server.port}`
    const socket = await openSocket(`ws://${at}/rpc?key=${key}`, {
      origin: `http://${at}`,
      headers: { Cookie },
    })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    return overSocket(socket)
  },
  "Electron's message port"() {
    const { port1, port2 } = new MessageChannel()
    const main = new MessagePortMain(port1)
    createPortServer(app.router)(main)
    main.start()
    return Promise.resolve(overPort(port2))
  },
  "Node's message port"() {
    const { port1, port2 } = new MessageChannel()
    createPortServer(app.router)(port1)
    return Promise.resolve(overPort(port2))
  },
}

const call = (path: string, input?: unknown, id = '1') =>
  JSON.stringify({ i: id, p: { u: path, b: { json: input } } })

/** Requests that are right, and change nothing. */
const right = [
  call('/application/about'),
  call('/settings/read'),
  call('/engines/watch'),
  call('/registries/list'),
  call('/containers/inspect', { engineId: 'a', id: 'b'.repeat(64) }),
  JSON.stringify({ i: '1', t: 4 }),
]

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

const hostile: Record<string, string | Uint8Array> = {
  nothing: '',
  'a word': 'hello',
  'half a request': call('/application/about').slice(0, -3),
  null: 'null',
  'a number': '7',
  'a list': '[]',
  'an empty object': '{}',
  'a call without its payload': '{"i":"1"}',
  'a payload that is null': '{"i":"1","p":null}',
  'a path that is a number': '{"i":"1","p":{"u":7}}',
  'a path that is an address elsewhere': call('http://elsewhere.invalid/application/about'),
  'a path that leads up': call('/application/../about'),
  'a path that is none': call('/%zz'),
  'a path of a prototype': call('/__proto__/constructor'),
  'a path of nobody': call('/nobody/nothing'),
  'a feature for a procedure': call('/application'),
  'a very long path': call(`/${'a'.repeat(100_000)}`),
  'no id': '{"p":{"u":"/application/about"}}',
  'an id that is an object': '{"i":{"a":1},"p":{"u":"/application/about"}}',
  'an id that is a prototype': '{"i":"__proto__","p":{"u":"/application/about"}}',
  'a very long id': call('/application/about', undefined, '1'.repeat(100_000)),
  'a type of nobody': '{"i":"1","t":99,"p":{}}',
  'a type that is a text': '{"i":"1","t":"4"}',
  'the end of a call that never was': '{"i":"zz","t":4}',
  'an event of a stream that never was': '{"i":"zz","t":3,"p":{"e":"message"}}',
  'an event without any': '{"i":"zz","t":3}',
  'headers of a file': call('/application/about').replace(
    '"b"',
    '"h":{"content-disposition":"attachment; filename=a"},"b"',
  ),
  'headers of a form': call('/application/about').replace(
    '"b"',
    '"h":{"content-type":"multipart/form-data"},"b"',
  ),
  'headers of a stream': call('/application/about').replace(
    '"b"',
    '"h":{"content-type":"text/event-stream"},"b"',
  ),
  'headers that are a text': call('/application/about').replace('"b"', '"h":"x","b"'),
  'another method': call('/application/about').replace('"b"', '"m":"GET","b"'),
  'a method that is a list': call('/application/about').replace('"b"', '"m":[],"b"'),
  'a body that is a text': '{"i":"1","p":{"u":"/application/about","b":"x"}}',
  'a body that is null': '{"i":"1","p":{"u":"/application/about","b":null}}',
  'meta that is no list': '{"i":"1","p":{"u":"/settings/read","b":{"json":{},"meta":7}}}',
  'meta of a prototype':
    '{"i":"1","p":{"u":"/settings/change","b":{"json":{},"meta":[[1,"__proto__","polluted"],[0,"constructor","prototype","polluted"]]}}}',
  'meta that leads nowhere':
    '{"i":"1","p":{"u":"/settings/read","b":{"json":{},"meta":[[1,"a","b"],[null],[99,7]]}}}',
  'files that are none':
    '{"i":"1","p":{"u":"/settings/read","b":{"json":{},"maps":[["a"]],"meta":[]}}}',
  'a key of a prototype':
    '{"__proto__":{"polluted":1},"i":"1","p":{"u":"/settings/change","b":{"json":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}}}',
  'a deep list': `{"i":"1","p":{"u":"/settings/change","b":{"json":${deep(100_000)}}}}`,
  'a deep list outside of it': deep(100_000),
  'half a mebibyte': call('/settings/change', { x: 'x'.repeat(MOST_BYTES / 2) }),
  'bytes that are no text': Uint8Array.from([0xff, 0xfe, 0, 1]),
  'bytes of a request': new TextEncoder().encode(call('/application/about')),
  'a request with bytes behind it': new Uint8Array([
    ...new TextEncoder().encode(call('/application/about')),
    ...[0xff, 1, 2, 3],
  ]),
  'no bytes': new Uint8Array(),
}

const answer = z.object({
  i: z.string(),
  t: z.literal([3, 4]).optional(),
  p: z.object({ s: z.number().optional(), b: z.unknown().optional() }).loose().optional(),
})
/** What the contract knows; that oRPC could not read the input; that it has no such procedure. */
const typedError = z.object({
  json: z.object({ code: z.enum([...errorCodes, 'BAD_REQUEST']), message: z.string() }),
})

/** Sends, then asks something right. Resolves when that was answered, or the connection is closed. */
async function sendAndAsk(page: RawPage, message: string | Uint8Array): Promise<void> {
  const untyped: string[] = []
  const settled = new Promise<void>((resolve) => {
    page.told.on('closed', resolve)
    page.told.on('message', (text: string) => {
      const { i, p } = answer.parse(JSON.parse(text))
      if (i === 'probe') return resolve()
      const status = p?.s ?? 200
      const typed = status === 200 || status === 404 || typedError.safeParse(p?.b).success
      if (!typed || /\bat .*\.[mc]?[jt]s:\d/.test(text)) untyped.push(text.slice(0, 300))
    })
  })
  page.send(message)
  page.send(call('/application/about', undefined, 'probe'))
  await settled
  page.told.removeAllListeners()
  expect(untyped).toEqual([])
}

/** A page beside it, with a stream under way: it goes on. */
async function expectUnharmed(neighbour: RawPage): Promise<void> {
  await sendAndAsk(
    neighbour,
    call('/engines/watch', undefined, `s${Math.random().toString(36).slice(2)}`),
  )
  expect(neighbour.isClosed()).toBe(false)
  expect(crashes.splice(0)).toEqual([])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
}

describe.each(Object.keys(transports))('%s', (name) => {
  const open = transports[name] ?? (() => Promise.reject(new Error('unreachable')))
  let neighbour: RawPage
  beforeAll(async () => {
    neighbour = await open()
    return () => neighbour.close()
  })

  test.each(right)('takes what is right: %s', async (message) => {
    const page = await open()
    await sendAndAsk(page, message)
    expect(page.isClosed()).toBe(false)
    page.close()
  })

  test.each(Object.entries(hostile))(
    'answers with a typed error, or ends: %s',
    async (_what, message) => {
      const page = await open()
      await sendAndAsk(page, message)
      page.close()
      await expectUnharmed(neighbour)
    },
  )

  test('ends for whoever sends no request, and hears nothing more of it', async () => {
    const page = await open()
    const closed = once(page.told, 'closed')
    page.send('hello')
    page.send(call('/application/about'))
    page.told.on('message', (text) => crashes.push(text))
    await closed
    await expectUnharmed(neighbour)
  })

  test(
    `breaks by nothing that a request can be spoilt to (seed ${SEED})`,
    { timeout: 120_000 },
    async () => {
      const random = new Random(SEED)
      let page = await open()
      for (let count = 0; count < SPOILT; count++) {
        if (page.isClosed()) page = await open()
        await sendAndAsk(page, spoilt(random))
      }
      page.close()
      await expectUnharmed(neighbour)
    },
  )
})

test('a message that is longer than a page of browser mode may send ends its connection alone', async () => {
  const open = transports['the WebSocket of browser mode'] ?? (() => Promise.reject(new Error()))
  const [page, neighbour] = [await open(), await open()]
  await sendAndAsk(page, 'x'.repeat(MOST_BYTES + 1))
  expect(page.isClosed()).toBe(true)
  await expectUnharmed(neighbour)
  neighbour.close()
})

/** A right request in which some characters are others, missing, twice, or of another request. */
function spoilt(random: Random): string | Uint8Array {
  let text = random.pick(right)
  const times = 1 + random.below(4)
  for (let time = 0; time < times; time++) {
    const at = random.below(text.length + 1)
    const length = random.below(8)
    const part = random.pick([
      '',
      String.fromCharCode(random.below(128)),
      String.fromCharCode(random.below(65_536)),
      text.slice(at, at + length),
      random.pick(right).slice(at, at + length),
      random.pick(['null', '[]', '{}', '-1', '"__proto__"', '1e999', '"t":3,', '"t":4,', ',', '"']),
    ])
    text = text.slice(0, at) + part + text.slice(at + random.pick([0, length]))
  }
  return random.once(10) ? new TextEncoder().encode(text) : text
}
