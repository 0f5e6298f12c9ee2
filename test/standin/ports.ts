import { EventEmitter } from 'node:events'
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'

/**
 * What the other side gets when `data` is posted with `ports`: a structured clone, and ports that
 * take the place of the sender's, which are dead from now on. Throws `DataCloneError` as the real
 * one does.
 */
export function transfer(
  data: unknown,
  ports: MessagePort[],
): { data: unknown; ports: MessagePort[] } {
  const { port1, port2 } = new MessageChannel()
  try {
    port1.postMessage({ data, ports }, ports)
    const received = receiveMessageOnPort(port2) as {
      message: { data: unknown; ports: MessagePort[] }
    }
    return received.message
  } finally {
    port1.close()
  }
}

/**
 * Electron's `MessagePortMain`: holds messages back until `start()`, and hands them on in an event.
 */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort
  #started = false

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(data: unknown): void {
    this.#port.postMessage(data)
  }

  close(): void {
    this.#port.close()
  }
}
