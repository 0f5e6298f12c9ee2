import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { isMissing, writeFileAtomically } from './systemFiles'
import { log } from './log'

export interface Understood<Kept> {
  kept: Kept
  /** Something that stands in the file is not in `kept`. */
  lost: boolean
}

export interface KeptFileOptions<Kept> {
  /** What is kept, for the log: `alerts`. */
  what: string
  nothing: Kept
  /** Reads the file's text. What does not fit is left out, and the rest counts. */
  understand: (text: string) => Understood<Kept>
}

/**
 * What the app keeps in one JSON file that only this user can read. Reading never fails. What could not be
 * read, be it a part or all (a file of a later version), is kept in `<file>.unreadable` before this version
 * writes over it.
 */
export class KeptFile<Kept> {
  readonly #file: string
  readonly #options: KeptFileOptions<Kept>

  constructor(file: string, options: KeptFileOptions<Kept>) {
    this.#file = file
    this.#options = options
  }

  async read(): Promise<Kept> {
    const { what, nothing, understand } = this.#options
    let text: string
    try {
      text = await readFile(this.#file, 'utf8')
    } catch (error) {
      if (!isMissing(error)) log.warn({ error }, `the ${what} could not be read; there are none`)
      return nothing
    }
    const { kept, lost } = understand(text)
    if (lost) {
      log.warn({ file: this.#file }, `some ${what} could not be read; they are kept beside`)
      await this.#keepAside(text)
    }
    return kept
  }

  /** Atomic: rejects when it cannot be written, and the old file is whole then. */
  async write(content: unknown): Promise<void> {
    await writeFileAtomically(this.#file, `${JSON.stringify(content, null, 2)}\n`)
  }

  async #keepAside(text: string): Promise<void> {
    try {
      await writeFileAtomically(`${this.#file}.unreadable`, text)
    } catch (error) {
      log.warn({ error }, `the unreadable ${this.#options.what} could not be kept`)
    }
  }
}

/** Null for a text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Those of the items that fit the schema. */
export function fitting<Output>(schema: z.ZodType<Output>, items: readonly unknown[]): Output[] {
  return items.flatMap((item) => {
    const { success, data } = schema.safeParse(item)
    return success ? [data] : []
  })
}
