import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RPCHandler } from '@orpc/server/ws'
import { os } from '@orpc/server'
import { WebSocket, type ClientOptions } from 'ws'
import { startServer, type RunningServer, type ServeOptions } from '../../../main/serve/server'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface Harness extends RunningServer {
  rendererFolder: string
  /** The addresses the terminal was shown after one was used. */
  printed: string[]
  /** The addresses it was shown when a browser had not been used. */
  expired: string[]
  /** `target` goes out as it is: neither it nor the headers are tidied. */
  ask(target: string, more?: { method?: string; headers?: OutgoingHttpHeaders }): Promise<Answer>
  /** The one-time token that works now. */
  token(): string
  /** Opens the present address; the `Cookie` header of the session it gives, and the page's key. */
  enter(): Promise<{ cookie: string; key: string }>
  /** The cookie alone. */
  logIn(): Promise<string>
}

/** What a test's router answers; enough to see a call go through. */
export const router = { greet: os.handler(() => 'hello from main') }

export async function writeRenderer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'longshore-renderer-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>the page</title>')
  await writeFile(join(folder, 'assets', 'index-a1b2.js'), 'export {}')
  return folder
}

/** A real server on a free port, with a page of two files and a router of one procedure. */
export async function startHarness(more: Partial<ServeOptions> = {}): Promise<Harness> {
  const rendererFolder = await writeRenderer()
  const rpc = new RPCHandler(router)
  const printed: string[] = []
  const expired: string[] = []
  const server = await startServer({
    rendererFolder,
    acceptSocket: (socket) => rpc.upgrade(socket),
    port: await freePort(),
    idleMillis: 12 * 3_600_000,
    onAddressUsed: (next) => printed.push(next),
    onExpired: (next) => expired.push(next),
    ...more,
  })
  const token = () => new URL(server.address()).searchParams.get('token') ?? ''
  const ask: Harness['ask'] = (target, { method = 'GET', headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const call = request(
        { host: '127.0.0.1', port: server.port, path: target, method, headers, agent: false },
        (answer) => {
          let body = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk: string) => (body += chunk))
          answer.on('end', () => {
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body })
          })
        },
      )
      call.on('error', reject)
      call.end()
    })
  const enter: Harness['enter'] = async () => {
    const { headers, body } = await ask(`/?token=${token()}`)
    return {
      cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '',
      key: /<meta name="longshore-key" content="([\w-]{43})">/.exec(body)?.[1] ?? '',
    }
  }
  return {
    ...server,
    rendererFolder,
    printed,
    expired,
    ask,
    token,
    enter,
    logIn: async () => (await enter()).cookie,
    async close() {
      await server.close()
      await rm(rendererFolder, { recursive: true, force: true })
    },
  }
}

/** A port that is free now, other than the default one. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const probe = createServer()
  const port = await new Promise<number>((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  await new Promise((done) => probe.close(done))
  return port
}

/** Opens a WebSocket: the open socket, or the status that it was refused with. */
export function openSocket(url: string, options: ClientOptions): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options)
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (call, answer) => {
      resolve(answer.statusCode ?? 0)
      call.destroy()
    })
    socket.once('error', reject)
  })
}

/** Sends bytes to the server and returns all it says until it hangs up. */
export function sayRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let said = ''
    socket.setEncoding('utf8')
    socket.setTimeout(5_000, () => socket.destroy(new Error('the server did not hang up')))
    socket.on('data', (chunk: string) => (said += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(said))
  })
}
