import type { Duplex } from 'node:stream'
import type { TerminalSize } from '../../preload/contract/terminals'

/** What a terminal is connected to, whichever way that was opened. */
export interface Peer {
  /** The program's output comes out, its input goes in. */
  stream: Duplex
  /** False: the output is multiplexed, its lines end with LF alone, and nobody echoes the input. */
  tty: boolean
  takesInput: boolean
  /** Does nothing where there is no terminal, or not any more. */
  resize(size: TerminalSize): Promise<void>
  /** Asks the program to end; resolves when that was asked. */
  hangUp(): Promise<void>
  /** Interrupts the program where that is not a character of its input. */
  interrupt(): Promise<void>
  /** To be called when the stream has ended: tidies up, and tells the exit code if that can be known. */
  ended(): Promise<number | null>
}
