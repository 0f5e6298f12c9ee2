import type { IncomingMessage, ServerResponse } from 'node:http'
import { securityHeaders } from './headers'

interface Content {
  body: Buffer
  contentType: string
  immutable?: boolean
}

export function html(page: string): Content {
  return { body: Buffer.from(page), contentType: 'text/html; charset=utf-8' }
}

export function script(code: string): Content {
  return { body: Buffer.from(code), contentType: 'text/javascript; charset=utf-8' }
}

export function text(words: string): Content {
  return { body: Buffer.from(words), contentType: 'text/plain; charset=utf-8' }
}

/** Answers with the headers that stand on every answer, whatever its status. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  content: Content,
): void {
  response.writeHead(status, {
    ...securityHeaders,
    'Cache-Control': content.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    'Content-Type': content.contentType,
    'Content-Length': content.body.length,
  })
  response.end(request.method === 'HEAD' ? undefined : content.body)
}

/** Answers without content (204, 401 to a script). */
export function sendStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...securityHeaders, 'Cache-Control': 'no-store' })
  response.end()
}
