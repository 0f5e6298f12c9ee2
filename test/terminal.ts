import { onTestFinished } from 'vitest'
import type { Api } from '../preload/contract'
import {
  MOST_WRITTEN,
  type OpenTerminal,
  type Terminal,
  type TerminalSize,
} from '../preload/contract/terminals'
import { itemsOf } from './client'

const size = { columns: 80, rows: 24 }

/** A way of opening a terminal, without where and how large. */
export type Way = OpenTerminal extends infer Input
  ? Input extends unknown
    ? Omit<Input, 'engineId' | 'containerId' | 'columns' | 'rows'>
    : never
  : never

export interface TestTerminal {
  id: string
  /** Everything that a viewer was sent, from the screen on. */
  text: () => string
  /** Resolves when that holds the text, or fits. */
  until: (what: string | RegExp | ((text: string) => boolean)) => Promise<string>
  type: (data: string) => Promise<void>
  /** Resolves when the list says that it has ended. */
  ended: () => Promise<Terminal>
  /** Ends the viewing, as a page that is left does. */
  leave: () => Promise<void>
  viewerId: () => number
  /** Resolves when another viewer made it this size. */
  untilSize: (size: TerminalSize) => Promise<void>
  /** From now on a viewer that acknowledges everything, also what it was sent before. */
  acknowledgeAll: () => Promise<void>
}

/** Opens a terminal and looks at it. It is closed with the app, after the test. */
export async function openTerminal(
  api: Api,
  engineId: string,
  containerId: string,
  way: Way,
): Promise<TestTerminal> {
  const { terminalId } = await api.terminals.open({ ...way, engineId, containerId, ...size })
  return lookAt(api, engineId, terminalId)
}

/** One more viewer of a terminal. With `acknowledges: false` one that takes everything and says nothing. */
export async function lookAt(
  api: Api,
  engineId: string,
  terminalId: string,
  { acknowledges = true, ...at }: Partial<typeof size> & { acknowledges?: boolean } = {},
): Promise<TestTerminal> {
  const leaving = new AbortController()
  let text = ''
  let viewerId = 0
  let told: TerminalSize | null = null
  let owed = 0
  let over = false
  let wake = () => {}
  const acknowledge = async () => {
    const characters = owed
    owed = 0
    if (characters > 0) await api.terminals.acknowledge({ terminalId, viewerId, characters })
  }
  /** Resolves when something came, or the end. */
  const change = async (what: string) => {
    if (over) throw new Error(`The terminal ended without ${what}: ${text.slice(-2_000)}`)
    await new Promise<void>((resolve) => (wake = resolve))
  }
  const stream = await api.terminals.output(
    { terminalId, ...size, ...at },
    { signal: leaving.signal },
  )
  const reading = (async () => {
    for await (const message of stream) {
      if (message.kind === 'screen') viewerId = message.viewerId
      if (message.kind === 'size') told = { columns: message.columns, rows: message.rows }
      else text += message.data
      if (message.kind === 'data') owed += message.data.length
      wake()
      if (acknowledges) await acknowledge()
    }
  })()
    // Left, or the app was closed; whoever waits for more is told that there is none.
    .catch(() => undefined)
    .finally(() => {
      over = true
      wake()
    })
  onTestFinished(async ({ task }) => {
    // Only the screen tells what was waited for in vain.
    if (task.result?.state === 'fail') console.error(JSON.stringify(text.slice(-4_000)))
    leaving.abort()
    await reading
  })
  return {
    id: terminalId,
    text: () => text,
    async until(what) {
      const fits = () => {
        if (typeof what === 'function') return what(text)
        return typeof what === 'string' ? text.includes(what) : what.test(text)
      }
      while (!fits()) await change(String(what))
      return text
    },
    async untilSize({ columns, rows }) {
      while (told?.columns !== columns || told.rows !== rows) await change(`${columns}x${rows}`)
    },
    async acknowledgeAll() {
      acknowledges = true
      await acknowledge()
    },
    async type(data) {
      for (let at = 0; at < data.length; at += MOST_WRITTEN) {
        await api.terminals.write({ terminalId, data: data.slice(at, at + MOST_WRITTEN) })
      }
    },
    async ended() {
      const is = ({ id, state }: Terminal) => id === terminalId && state === 'ended'
      const all = await itemsOf(api.terminals.watch({ engineId }), (items) => items.some(is))
      const found = all.find(is)
      if (!found) throw new Error('unreachable')
      return found
    },
    async leave() {
      leaving.abort()
      await reading
    },
    viewerId: () => viewerId,
  }
}
