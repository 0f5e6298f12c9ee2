import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from './systemFiles'

const mostBytes = 1024 * 1024
/** The present file and those before it. */
const mostFiles = 3

/** Where the app's own log is kept, apart from the lines of containers' logs. */
export const logFolder = (dataFolder: string): string => join(dataFolder, 'diagnostics')

const fileOf = (folder: string, age: number) =>
  join(folder, age === 0 ? 'longshore.log' : `longshore.${age}.log`)

/**
 * The log in a few files of a megabyte each, readable by this user only. Lines are on the disk when `write`
 * returns: the last one before a crash is the one that is wanted, and a stream would still hold it. What
 * cannot be written is lost without a word, for a log must break nothing.
 */
export class LogFile {
  readonly #folder: string
  readonly #mostBytes: number
  #open: { file: number; bytes: number } | null = null

  constructor(dataFolder: string, most = mostBytes) {
    this.#folder = logFolder(dataFolder)
    this.#mostBytes = most
  }

  write(line: string): void {
    try {
      const bytes = Buffer.from(line)
      let open = (this.#open ??= this.#begin())
      if (open.bytes > 0 && open.bytes + bytes.length > this.#mostBytes) {
        this.close()
        this.#age()
        open = this.#open = this.#begin()
      }
      open.bytes += writeSync(open.file, bytes)
    } catch {
      this.close()
    }
  }

  close(): void {
    const { file } = this.#open ?? {}
    this.#open = null
    if (file !== undefined) closeSync(file)
  }

  #begin(): { file: number; bytes: number } {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const file = openSync(fileOf(this.#folder, 0), 'a', 0o600)
    return { file, bytes: fstatSync(file).size }
  }

  /** Each file takes the place of the one before it; the oldest goes. */
  #age(): void {
    for (let age = mostFiles - 2; age >= 0; age--) {
      try {
        renameSync(fileOf(this.#folder, age), fileOf(this.#folder, age + 1))
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    }
  }
}

/** The last lines of the log, the oldest first; none where nothing was kept. */
export async function lastLogLines(dataFolder: string, count: number): Promise<string[]> {
  const folder = logFolder(dataFolder)
  const read = (age: number) => readFile(fileOf(folder, age), 'utf8').catch(() => '')
  const lines = (await read(0)).split('\n').filter((line) => line !== '')
  if (lines.length >= count) return lines.slice(-count)
  const earlier = (await read(1)).split('\n').filter((line) => line !== '')
  return [...earlier, ...lines].slice(-count)
}
