import type Docker from 'dockerode'
import type { TerminalSize } from '../../preload/contract/terminals'
import type { EngineLink } from '../engines/handshake'
import { isEngineAnswer } from '../errors'

/** The terminal of a container, or of a program beside its own. */
interface Resizable {
  resize(options: object): Promise<unknown>
}

/** Tells the engine a terminal's size; one that has ended has none. */
export async function resize(
  link: EngineLink,
  resizableOf: (docker: Docker) => Resizable,
  { columns, rows }: TerminalSize,
): Promise<void> {
  try {
    await link.client.call((docker, abortSignal) =>
      resizableOf(docker).resize({ h: rows, w: columns, abortSignal }),
    )
  } catch (error) {
    // It has ended, or is about to.
    if (!isEngineAnswer(error)) throw error
  }
}
