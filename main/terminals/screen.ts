import { createRequire } from 'node:module'
import { SerializeAddon } from '@xterm/addon-serialize'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import type { Terminal } from '@xterm/headless'
import type { TerminalSize } from '../../preload/contract/terminals'

// CommonJS whose exports Node cannot tell before it has run.
const headless = createRequire(import.meta.url)(
  '@xterm/headless',
) as typeof import('@xterm/headless')

const mostTitleCharacters = 100

export interface ScreenOptions {
  size: TerminalSize
  /** Lines that are kept above the screen. */
  scrollback: number
  /** What the program calls itself; hostile, but one line of some length. */
  onTitle: (title: string) => void
  /**
   * Answers to what the program asks its terminal (what it is, where the cursor stands). They come from here
   * alone, so that each question is answered once, whether nobody or several look on.
   */
  onAnswer: (answer: string) => void
}

/** The screen of a terminal, kept in main so that whoever comes to look is shown what is on it. */
export class Screen {
  readonly #terminal: Terminal
  readonly #serialize = new SerializeAddon()

  constructor({ size, scrollback, onTitle, onAnswer }: ScreenOptions) {
    this.#terminal = new headless.Terminal({
      cols: size.columns,
      rows: size.rows,
      scrollback,
      allowProposedApi: true,
      logLevel: 'off',
    })
    this.#terminal.loadAddon(this.#serialize)
    this.#terminal.loadAddon(new Unicode11Addon())
    this.#terminal.unicode.activeVersion = '11'
    this.#terminal.onTitleChange((title) => onTitle(plainTitle(title)))
    this.#terminal.onData(onAnswer)
  }

  get size(): TerminalSize {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows }
  }

  /** `drawn` is called when exactly what was written so far is on the screen. */
  write(text: string, drawn: () => void): void {
    this.#terminal.write(text, drawn)
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#terminal.resize(columns, rows)
  }

  /** What draws the same screen, with its modes and the lines above it, on an empty terminal of its size. */
  snapshot(): string {
    return this.#serialize.serialize()
  }

  dispose(): void {
    this.#terminal.dispose()
  }
}

/** Without characters that are not seen, or that turn the direction of what stands beside them. */
export function plainTitle(title: string): string {
  const plain = title.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return Array.from(plain).slice(0, mostTitleCharacters).join('')
}
