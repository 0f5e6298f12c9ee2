export interface ScriptWord {
  text: string
  /** A shell would put something else in its place: a variable, a command's output, a home folder. */
  expands: boolean
}

export type Script =
  | { ok: true; commands: ScriptWord[][] }
  | { ok: false; reason: 'unclosed-quote' | 'trailing-backslash' }

/** In double quotes a backslash escapes these only (POSIX shell, 2.2.3). */
const escapableInQuotes = new Set(['"', '\\', '$', '`'])

/**
 * Reads a few lines of shell: words in their quotes, comments, lines continued with a backslash (or as
 * PowerShell and cmd continue them), commands after each other. Nothing is expanded.
 */
export function readScript(text: string): Script {
  const reader = new ScriptReader(text)
  const problem = reader.read()
  return problem === null ? { ok: true, commands: reader.commands } : { ok: false, reason: problem }
}

class ScriptReader {
  readonly commands: ScriptWord[][] = []
  readonly #text: string
  #closings: Map<number, number> | null = null
  #at = 0
  #command: ScriptWord[] = []
  #word: ScriptWord | null = null

  constructor(text: string) {
    this.#text = text
  }

  read(): 'unclosed-quote' | 'trailing-backslash' | null {
    while (this.#at < this.#text.length) {
      const problem = this.#step(this.#text.charAt(this.#at))
      if (problem) return problem
    }
    this.#endCommand()
    return null
  }

  #step(character: string): 'unclosed-quote' | 'trailing-backslash' | null {
    if (this.#take(/^(?:\\|`|\^)[ \t]*\r?\n/) !== null) this.#endWord()
    else if (this.#take(/^\r?\n|^(?:&&|\|\||[;|&])/) !== null) this.#endCommand()
    else if (this.#take(/^\s+/) !== null) this.#endWord()
    else if (character === '#' && this.#word === null) this.#take(/^[^\n]*/)
    else if (character === "'") return this.#quoted(/^'([^']*)'/)
    else if (character === '"') return this.#doubleQuoted()
    else if (character === '\\') return this.#escaped()
    else this.#plain()
    return null
  }

  #quoted(pattern: RegExp): 'unclosed-quote' | null {
    const whole = this.#take(pattern)
    if (whole === null) return 'unclosed-quote'
    this.#add(whole.slice(1, -1))
    return null
  }

  #doubleQuoted(): 'unclosed-quote' | null {
    this.#at++
    this.#add('')
    for (;;) {
      const character = this.#text.charAt(this.#at)
      const next = this.#text.charAt(this.#at + 1)
      if (character === '') return 'unclosed-quote'
      if (character === '"') break
      if (character === '\\' && escapableInQuotes.has(next)) {
        this.#add(next)
        this.#at += 2
      } else if (this.#take(/^\\\r?\n/) === null) this.#expandable(character)
    }
    this.#at++
    return null
  }

  #escaped(): 'trailing-backslash' | null {
    const next = this.#text.charAt(this.#at + 1)
    if (next === '') return 'trailing-backslash'
    this.#add(next)
    this.#at += 2
    return null
  }

  #plain(): void {
    const character = this.#text.charAt(this.#at)
    const isHome = character === '~' && this.#word === null
    this.#expandable(character)
    if (isHome && this.#word) this.#word.expands = true
  }

  /** One character, or a whole `$NAME`, `${NAME}`, `$(command)` or `` `command` ``. */
  #expandable(character: string): void {
    const expansion = this.#take(/^\$\w+|^\$\{[^}]*\}|^`[^`]*`/) ?? this.#commandOutput()
    if (expansion === null) {
      this.#add(character)
      this.#at++
    } else this.#add(expansion, true)
  }

  #commandOutput(): string | null {
    if (!this.#text.startsWith('$(', this.#at)) return null
    this.#closings ??= closingsIn(this.#text)
    const end = this.#closings.get(this.#at + 1)
    if (end === undefined) return null
    const whole = this.#text.slice(this.#at, end + 1)
    this.#at = end + 1
    return whole
  }

  #take(pattern: RegExp): string | null {
    const found = pattern.exec(this.#text.slice(this.#at))?.[0]
    if (found === undefined || found === '') return null
    this.#at += found.length
    return found
  }

  #add(text: string, expands = false): void {
    this.#word ??= { text: '', expands: false }
    this.#word.text += text
    this.#word.expands ||= expands
  }

  #endWord(): void {
    if (this.#word !== null) this.#command.push(this.#word)
    this.#word = null
  }

  #endCommand(): void {
    this.#endWord()
    if (this.#command.length > 0) this.commands.push(this.#command)
    this.#command = []
  }
}

/** Where each parenthesis is closed, of all that are: looked for once, for a text may open thousands. */
function closingsIn(text: string): Map<number, number> {
  const closings = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '(') open.push(at)
    else if (character === ')') {
      const opened = open.pop()
      if (opened !== undefined) closings.set(opened, at)
    }
  }
  return closings
}
