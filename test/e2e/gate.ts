import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Bytes that no configuration of a test's image has. */
const CONFIGURATION = 64 * 1024

export interface Gate {
  /** The registry's address through the gate. */
  host: string
  /** Lets everything through from now on. */
  open(): void
  /** Nobody answers any more. */
  close(): void
}

/**
 * Stands before a registry and keeps every layer back after its first half, until it is opened: so a
 * pull is under way for as long as a test looks at it. Ends with the test.
 */
export async function startGate(registry: string): Promise<Gate> {
  let open: () => void = () => undefined
  const opened = new Promise<undefined>((resolve) => {
    open = () => {
      resolve(undefined)
    }
  })
  const server = createServer((incoming, outgoing) => pass(registry, incoming, outgoing, opened))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const close = () => {
    open()
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(close)
  return { host: `127.0.0.1:${port}`, open: () => open(), close }
}

function pass(
  registry: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  opened: Promise<undefined>,
): void {
  const { method, url = '/', headers } = incoming
  const target = request(`http://${registry}${url}`, { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    void send(answer, outgoing, isLayer(answer, url) ? opened : null)
  })
  target.on('error', () => outgoing.destroy())
  incoming.pipe(target)
}

/** Blobs are layers and, far smaller, the image's configuration, which engines want first. */
function isLayer(answer: IncomingMessage, url: string): boolean {
  return url.includes('/blobs/sha256:') && Number(answer.headers['content-length']) > CONFIGURATION
}

async function send(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  opened: Promise<undefined> | null,
): Promise<void> {
  let left = Number(answer.headers['content-length']) / 2
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    left -= chunk.length
    if (opened && left <= 0) await opened
    outgoing.write(chunk)
  }
  outgoing.end()
}
