import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFaultScript, type ArmedFault, type Fault, type ScriptedFault } from './faults'
import { bodyLimits, passBody } from './passBody'

/** A request that came to the proxy, and what has become of it so far. */
export interface ProxiedRequest {
  method: string
  /** With its query. */
  path: string
  /** null as long as the client has got no answer. */
  status: number | null
  /** Bytes of the body that went on to the registry. */
  requestBytes: number
  /** Bytes of the body that went to the client. */
  answerBytes: number
}

export interface FaultProxy {
  /** `127.0.0.1:port` */
  host: string
  /** Every request so far, in the order they came in. */
  readonly requests: readonly ProxiedRequest[]
  /** How many bytes of bodies passed in the requests with such a path. */
  bytesOf(path: RegExp): { requestBytes: number; answerBytes: number }
  /** Adds to the faults; the first one that fits a request and is not used up befalls it. */
  fault(fault: Fault): ScriptedFault
  /** Closes it with its connections. */
  stop(): Promise<void>
}

/**
 * Starts an HTTP proxy in front of a registry, in this process. It changes nothing but what the faults
 * say, and absolute `Location` headers, which lead back to it.
 *
 * @param upstreamHost `address:port` of a registry that speaks plain HTTP.
 */
export async function startFaultProxy(upstreamHost: string): Promise<FaultProxy> {
  const requests: ProxiedRequest[] = []
  const script = createFaultScript()
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '/' } = incoming
    const record = { method, path: url, status: null, requestBytes: 0, answerBytes: 0 }
    requests.push(record)
    const exchange = { incoming, outgoing, record, armed: script.armedFor(method, url) }
    if (!answerAlone(exchange)) forward(exchange, upstreamHost, host)
  })
  // A connection that ends by itself would be a fault that nobody asked for.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    requests,
    bytesOf(path) {
      const matching = requests.filter((record) => record.path.search(path) >= 0)
      return {
        requestBytes: sum(matching.map(({ requestBytes }) => requestBytes)),
        answerBytes: sum(matching.map(({ answerBytes }) => answerBytes)),
      }
    },
    fault: (fault) => script.add(fault),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Exchange {
  incoming: IncomingMessage
  outgoing: ServerResponse
  record: ProxiedRequest
  armed: ArmedFault | null
}

/** Lets a fault happen that needs no registry. Returns whether one did. */
function answerAlone({ incoming, outgoing, record, armed }: Exchange): boolean {
  if (armed === null) return false
  const { fault, take } = armed
  switch (fault.kind) {
    case 'silence':
      if (!take()) return false
      incoming.resume()
      return true
    case 'answer': {
      if (!take()) return false
      const { status, headers, body = '' } = fault
      record.status = status
      record.answerBytes = Buffer.byteLength(body)
      incoming.resume()
      outgoing.writeHead(status, headers).end(body)
      return true
    }
    case 'drop':
      if (fault.of !== 'request' || fault.afterBytes > 0 || !take()) return false
      incoming.destroy()
      outgoing.destroy()
      return true
    case 'slow':
    case 'truncate':
      return false
  }
}

function forward(exchange: Exchange, upstreamHost: string, host: string): void {
  const { incoming, outgoing, record, armed } = exchange
  const upstream = request(`http://${upstreamHost}${record.path}`, {
    method: record.method,
    headers: without(incoming.headers, ['host', 'connection', 'keep-alive']),
    // One connection for each request: a kept one may be closed by the registry just when it is used.
    agent: false,
  })
  const giveUp = () => {
    upstream.destroy()
    outgoing.destroy()
  }
  upstream.on('error', () => {
    // A registry may answer and hang up before it has read the whole body.
    if (record.status === null) giveUp()
  })
  outgoing.on('error', giveUp).on('close', () => upstream.destroy())
  upstream.on('response', (answer) => {
    sendAnswer(exchange, answer, { from: upstreamHost, to: host }).then((whole) => {
      if (whole) outgoing.end()
      else giveUp()
    }, giveUp)
  })
  const count = (bytes: number) => (record.requestBytes += bytes)
  passBody(incoming, upstream, bodyLimits(armed, 'request'), count).then(
    (wasCut) => {
      if (wasCut) giveUp()
      else upstream.end()
    },
    () => incoming.resume(),
  )
}

/** Gives the answer to the client. Returns whether it may end there; else it is to be broken off. */
async function sendAnswer(
  { outgoing, record, armed }: Exchange,
  answer: IncomingMessage,
  address: { from: string; to: string },
): Promise<boolean> {
  const limits = bodyLimits(armed, 'answer')
  if (limits.cut?.afterBytes === 0 && limits.cut.apply()) return false
  const headers = backwards(answer.headers, address)
  const shortened = record.method === 'HEAD' ? null : shortenedLength(armed, headers)
  if (shortened !== null) {
    headers['content-length'] = String(shortened)
    limits.cut = { afterBytes: shortened, apply: () => true }
  }
  record.status = answer.statusCode ?? 502
  outgoing.writeHead(record.status, headers)
  const wasCut = await passBody(answer, outgoing, limits, (bytes) => (record.answerBytes += bytes))
  return !wasCut || shortened !== null
}

/** The length of the body when it is to be truncated, else null. */
function shortenedLength(armed: ArmedFault | null, headers: IncomingHttpHeaders): number | null {
  if (armed?.fault.kind !== 'truncate') return null
  const { afterBytes } = armed.fault
  return Number(headers['content-length']) > afterBytes && armed.take() ? afterBytes : null
}

function backwards(
  headers: IncomingHttpHeaders,
  { from, to }: { from: string; to: string },
): IncomingHttpHeaders {
  const passed = without(headers, ['connection', 'keep-alive'])
  const { location } = headers
  if (location === undefined) return passed
  return { ...passed, location: location.replace(`http://${from}/`, `http://${to}/`) }
}

function without(headers: IncomingHttpHeaders, names: string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
