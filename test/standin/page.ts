import type { MessagePort } from 'node:worker_threads'
import { transfer } from './ports'

/** A frame as main sees it. */
export interface Frame {
  url: string
  parent: Frame | null
}

/** The event that carries a window message. */
export type WindowMessage = Event & {
  data: unknown
  origin: string
  source: PageWindow
  ports: MessagePort[]
}

/** A page's window: events, messages to itself, and what preload put there. */
export class PageWindow extends EventTarget {
  [exposed: string]: unknown
  readonly #page: Page

  constructor(page: Page) {
    super()
    this.#page = page
  }

  postMessage(message: unknown, targetOrigin: string, ports: MessagePort[] = []): void {
    const origin =
      new URL(this.#page.frame.url).protocol + '//' + new URL(this.#page.frame.url).host
    const { data, ports: received } = transfer(message, ports)
    this.#page.owns(received)
    if (!['/', '*', origin].includes(targetOrigin)) return
    queueMicrotask(() => {
      const more = { data, origin, source: this, ports: received }
      this.dispatchEvent(Object.assign(new Event('message'), more))
    })
  }
}

/**
 * The renderer's side of a window: its top frame, its two worlds, and the ports that die with it.
 */
export class Page {
  readonly frame: Frame
  readonly window: PageWindow
  readonly #ports: MessagePort[] = []

  constructor(url: string) {
    this.frame = { url, parent: null }
    this.window = new PageWindow(this)
  }

  owns(ports: MessagePort[]): void {
    this.#ports.push(...ports)
  }

  /**
   * `contextBridge.exposeInMainWorld`: the page's world gets frozen copies and proxies of
   * functions.
   */
  expose(key: string, api: unknown): void {
    if (key in this.window)
      throw new Error(`Cannot bind an API on top of an existing property ${key}`)
    Object.defineProperty(this.window, key, { value: bridged(api), enumerable: true })
  }

  /** The renderer process ends, and with it its ends of all ports. */
  destroy(): void {
    for (const port of this.#ports) port.close()
  }
}

/** A value as it arrives in the other world. */
function bridged(value: unknown): unknown {
  if (isFunction(value)) {
    return (...inputs: unknown[]) => {
      // Functions cross as proxies too, in both directions.
      const output = value(
        ...inputs.map((input) => {
          if (isFunction(input)) return bridged(input)
          return input instanceof File ? input : structuredClone(input)
        }),
      )
      return output instanceof Promise ? output.then(bridged) : bridged(output)
    }
  }
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.entries(value).map(([key, part]) => [key, bridged(part)] as const)
  return Object.freeze(
    Array.isArray(value) ? copy.map(([, part]) => part) : Object.fromEntries(copy),
  )
}

function isFunction(value: unknown): value is (...inputs: unknown[]) => unknown {
  return typeof value === 'function'
}
