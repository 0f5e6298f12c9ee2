import { createContext, Script, type Context } from 'node:vm'
import type { LogPattern } from '../../preload/contract/logs'
import { plainText } from '../../preload/contract/logText'
import { say } from '../../preload/contract/say'
import { Failure } from '../errors'
import type { LineBlock } from './block'

/** How long a regular expression may take for one block of lines, milliseconds. */
const MOST_MILLIS = 250
/** How many places are marked in one line. */
const MOST_MARKS = 100

/** Looks for a pattern in lines, in their text without escapes. */
export interface Matcher {
  /** Those of the given lines of a block that match; throws a Failure where the pattern takes too long. */
  test(block: LineBlock, indexes: readonly number[]): number[]
  /** Where each text matches: begin and end. */
  marks(texts: readonly string[]): [number, number][][]
}

/** @throws Failure `invalid-input`, in words, for what is no regular expression */
export function createMatcher(pattern: LogPattern): Matcher {
  return pattern.regex ? new RegexMatcher(pattern) : new TextMatcher(pattern)
}

/** Text that has neither escapes nor characters of more than one byte: its bytes are its characters. */
const notSimple = /[^\t\x20-\x7e]/

/** Plain text: in the lines of most blocks it is looked for by one call. */
class TextMatcher implements Matcher {
  readonly #needle: string
  readonly #caseSensitive: boolean
  readonly #expression: RegexMatcher

  constructor({ text, caseSensitive }: LogPattern) {
    this.#caseSensitive = caseSensitive
    this.#needle = caseSensitive ? text : text.toLowerCase()
    const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    this.#expression = new RegexMatcher({ text: literal, regex: true, caseSensitive })
  }

  test(block: LineBlock, indexes: readonly number[]): number[] {
    const text = block.text.toString('latin1', 0, block.textBytes)
    return notSimple.test(text) || notSimple.test(this.#needle)
      ? this.#expression.test(block, indexes)
      : this.#inSimple(block, this.#caseSensitive ? text : text.toLowerCase(), indexes)
  }

  marks(texts: readonly string[]): [number, number][][] {
    return this.#expression.marks(texts)
  }

  #inSimple(block: LineBlock, text: string, indexes: readonly number[]): number[] {
    const found: number[] = []
    const needle = this.#needle
    let next = text.indexOf(needle)
    for (const index of indexes) {
      if (next === -1) break
      const [start, end] = [block.startOf(index), block.endOf(index)]
      if (next < start) next = text.indexOf(needle, start)
      if (next !== -1 && next + needle.length <= end) found.push(index)
    }
    return found
  }
}

/** What the scripts below find in their context. */
interface Input {
  lines: readonly string[]
  source: string
  flags: string
}

const compile = new Script('const expression = new RegExp(source, flags)')

const findLines = new Script(`{
  const found = []
  const all = lines
  for (let index = 0; index < all.length; index++) {
    expression.lastIndex = 0
    if (expression.test(all[index])) found.push(index)
  }
  found
}`)

const findMarks = new Script(`lines.map((line) => {
  const marks = []
  expression.lastIndex = 0
  for (const match of line.matchAll(expression)) {
    if (match[0] !== '') marks.push([match.index, match.index + match[0].length])
    if (marks.length === ${MOST_MARKS}) break
  }
  return marks
})`)

/**
 * In a context of its own, because only there V8 stops what takes too long: a pattern that a person writes
 * may take longer than the universe.
 */
class RegexMatcher implements Matcher {
  readonly #input: Input
  readonly #context: Context

  constructor({ text, caseSensitive }: LogPattern) {
    const flags = caseSensitive ? 'g' : 'gi'
    try {
      new RegExp(text, flags)
    } catch (error) {
      throw new Failure('invalid-input', say`This is no regular expression: ${reasonOf(error)}.`)
    }
    this.#input = { lines: [], source: text, flags }
    this.#context = createContext(this.#input)
    compile.runInContext(this.#context)
  }

  test(block: LineBlock, indexes: readonly number[]): number[] {
    const lines = indexes.map((index) => plainText(block.textOf(index)))
    return Array.from(this.#run(findLines, lines) as number[], (at) => indexes[at] ?? 0)
  }

  marks(texts: readonly string[]): [number, number][][] {
    const marks = this.#run(findMarks, texts.map(plainText)) as [number, number][][]
    return Array.from(marks, (ofLine) => Array.from(ofLine, ([begin, end]) => [begin, end]))
  }

  #run(script: Script, lines: readonly string[]): unknown {
    this.#input.lines = lines
    try {
      return script.runInContext(this.#context, { timeout: MOST_MILLIS })
    } catch (error) {
      if (!isTimeout(error)) throw error
      throw new Failure(
        'invalid-input',
        say`This regular expression takes too long on these lines.`,
        {
          hint: say`Repetitions within repetitions, such as (a+)+, are what makes one slow.`,
        },
      )
    } finally {
      this.#input.lines = []
    }
  }
}

/** Of Node's own realm, or of the context's. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}

/** `Invalid regular expression: /(/g: Unterminated group` → `unterminated group` */
function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : ''
  const reason = words.slice(words.lastIndexOf(': ') + 2)
  return reason.charAt(0).toLowerCase() + reason.slice(1)
}
