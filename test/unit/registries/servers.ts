import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './folder'

export interface TestServer {
  /** `127.0.0.1:port` */
  host: string
  /** Each request so far: `GET /v2/`, and what came along. */
  requests: { target: string; authorization: string | undefined; body: string }[]
}

/** Answers plain HTTP on loopback until the test is over. */
export function serveHttp(handler: RequestListener): Promise<TestServer> {
  return listen((listener) => http.createServer(listener), handler)
}

/** Answers HTTPS with a certificate that nobody trusts. */
export function serveUntrustedHttps(handler: RequestListener): Promise<TestServer> {
  const folder = temporaryFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  )
  const options = { key: readFileSync(key), cert: readFileSync(cert) }
  return listen((listener) => https.createServer(options, listener), handler)
}

/** A host at which nothing listens. */
export async function unusedHost(): Promise<string> {
  const server = http.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `127.0.0.1:${port}`
}

async function listen(
  create: (listener: RequestListener) => Server,
  handler: RequestListener,
): Promise<TestServer> {
  const requests: TestServer['requests'] = []
  const server = create((request, response) => {
    void readBody(request).then((body) => {
      const target = `${request.method ?? ''} ${request.url ?? ''}`
      requests.push({ target, authorization: request.headers.authorization, body })
      handler(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
