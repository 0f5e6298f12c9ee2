import type { LogLine } from '../../preload/contract/logs'

/** Lines of one page; they are asked for in one go. */
export const pageLines = 200
/** What the window keeps at most: main has the rest. */
const mostPages = 50
const mostCharacters = 32 * 2 ** 20

interface Page {
  lines: ({ line: LogLine; generation: number } | undefined)[]
  characters: number
}

/** Lines to ask for: never of two pages. */
export interface Gap {
  from: number
  count: number
}

/** The lines that were shown last, by their place, in pages; what was not looked at longest goes first. */
export class LinePages {
  readonly #pages = new Map<number, Page>()
  #characters = 0
  #generation = 0

  at(place: number): LogLine | undefined {
    const number = pageOf(place)
    return this.#pages.get(number)?.lines[place - number * pageLines]?.line
  }

  put(lines: Iterable<readonly [place: number, line: LogLine]>): void {
    for (const [place, line] of lines) {
      const number = pageOf(place)
      const page = this.#pages.get(number) ?? { lines: [], characters: 0 }
      this.#use(number, page)
      const index = place - number * pageLines
      const change = line.text.length - (page.lines[index]?.line.text.length ?? 0)
      page.characters += change
      this.#characters += change
      page.lines[index] = { line, generation: this.#generation }
    }
    this.#trim()
  }

  /** What is not here of these places, and what was spoilt; each to the end of its page. */
  gaps(from: number, to: number): Gap[] {
    const gaps: Gap[] = []
    for (let number = pageOf(from); number * pageLines < to; number++) {
      const start = number * pageLines
      const end = start + pageLines
      const page = this.#pages.get(number)
      if (page) this.#use(number, page)
      const first = this.#firstGap(page, start, Math.max(from, start), Math.min(to, end))
      if (first !== null) gaps.push({ from: first, count: end - first })
    }
    return gaps
  }

  /** What is here may be told otherwise by now: it is shown until it comes anew. */
  spoil(): void {
    this.#generation++
  }

  clear(): void {
    this.#pages.clear()
    this.#characters = 0
  }

  #firstGap(page: Page | undefined, start: number, from: number, to: number): number | null {
    for (let place = from; place < to; place++) {
      if (page?.lines[place - start]?.generation !== this.#generation) return place
    }
    return null
  }

  #use(number: number, page: Page): void {
    this.#pages.delete(number)
    this.#pages.set(number, page)
  }

  #trim(): void {
    for (const [number, page] of this.#pages) {
      const fits = this.#pages.size <= mostPages && this.#characters <= mostCharacters
      if (fits || this.#pages.size === 1) return
      this.#pages.delete(number)
      this.#characters -= page.characters
    }
  }
}

const pageOf = (place: number) => Math.floor(place / pageLines)
