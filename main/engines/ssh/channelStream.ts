import { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'

/**
 * A channel of an SSH connection as Node's own sockets are, for HTTP. ssh2's streams are not: `destroy` closes
 * only when the other side has answered and all was read, an error is not told, and what is written to a
 * channel that closes meanwhile is never done.
 */
export class ChannelStream extends Duplex {
  readonly #channel: ClientChannel

  constructor(channel: ClientChannel) {
    super({ allowHalfOpen: false })
    this.#channel = channel
    channel.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) channel.pause()
    })
    channel.on('end', () => this.push(null))
    channel.on('close', () => this.#closed())
    // It is told by `close`, and by the connection.
    channel.on('error', () => undefined)
  }

  /** As a socket has it: HTTP closes by it when an answer is complete. */
  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  override _read(): void {
    this.#channel.resume()
  }

  override _write(
    bytes: Buffer,
    encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    this.#channel.write(bytes, encoding, done)
  }

  /** The other side reads the end; what it sends still comes. */
  override _final(done: () => void): void {
    this.#channel.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#channel.removeAllListeners('data')
    // What comes until the other side closes too is thrown away.
    this.#channel.resume()
    this.#channel.close()
    done(error)
  }

  #closed(): void {
    if (this.readableEnded) this.destroy()
    else this.once('end', () => this.destroy())
  }
}

/** Throws what `failure` makes of the reason for which the other side opens none. */
export function openChannel(
  ask: (done: (error: Error | undefined, channel: ClientChannel) => void) => void,
  failure: (cause: Error) => Error,
): Promise<ChannelStream> {
  return new Promise((resolve, reject) => {
    try {
      ask((error, channel) => {
        if (error) reject(failure(error))
        else resolve(new ChannelStream(channel))
      })
    } catch (error) {
      // ssh2 throws where the connection ended a moment ago.
      reject(failure(error instanceof Error ? error : new Error('Not connected')))
    }
  })
}
