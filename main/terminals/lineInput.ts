/** What typing comes to where the program has no terminal that would make lines of it. */
export interface LineInputHandlers {
  /** A line is finished, or what there is of it is sent: to the program's standard input. */
  send: (text: string) => void
  /** What the person sees of it. */
  echo: (text: string) => void
  /** Ctrl-C. */
  interrupt: () => void
  /** Ctrl-D on an empty line: there will be no more. */
  end: () => void
}

/** More is not taken before the line is finished, as by the kernel (N_TTY). */
const mostLineCharacters = 4_096

/** Keys that send more than one character: arrows and the like. They mean nothing in a line. */
const keySequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|.)?/gsu

/**
 * A line editor for programs without a terminal, as the kernel's: characters are shown as they are typed,
 * Enter sends the line, Backspace takes one back, Ctrl-U all, Ctrl-C interrupts, and Ctrl-D ends the input.
 */
export function createLineInput({ send, echo, interrupt, end }: LineInputHandlers) {
  let line: string[] = []

  function erase(count: number): void {
    const gone = line.splice(line.length - count, count)
    echo('\b \b'.repeat(gone.length))
  }

  const controls: Readonly<Record<string, () => void>> = {
    '\r': finish,
    '\n': finish,
    '\u007f': () => erase(Math.min(1, line.length)),
    '\b': () => erase(Math.min(1, line.length)),
    '\u0015': () => erase(line.length),
    '\u0003'() {
      line = []
      echo('^C\r\n')
      interrupt()
    },
    '\u0004'() {
      if (line.length > 0) {
        send(line.join(''))
        line = []
      } else {
        echo('^D\r\n')
        end()
      }
    },
  }

  function finish(): void {
    send(`${line.join('')}\n`)
    line = []
    echo('\r\n')
  }

  return function type(text: string): void {
    for (const character of text.replaceAll(keySequence, '')) {
      const control = controls[character]
      if (control) control()
      else if ((character >= ' ' || character === '\t') && line.length < mostLineCharacters) {
        line.push(character)
        echo(character)
      }
    }
  }
}
