import { readFile, rename, stat } from 'node:fs/promises'
import { z } from 'zod'
import { job, type Job } from '../../preload/contract/jobs'
import { fitting, parseJson } from '../keptFile'
import { isMissing, writeFileAtomically } from '../systemFiles'
import { log } from '../log'
import { keptJson } from './keptJson'

export interface KeptJobs {
  /** As they were written, running ones included; in the order in which they began. */
  jobs: readonly Job[]
  writtenAt: number
}

export const nothingKept: KeptJobs = { jobs: [], writtenAt: 0 }

const VERSION = 1
/** Of the whole file, in characters. */
const MOST_CHARACTERS = 8 * 1024 * 1024

const content = z.object({
  version: z.literal(VERSION),
  jobs: z.array(z.unknown()),
})

/**
 * The jobs, in one JSON file that only this user can read, without the values of build arguments, and of
 * variables and labels of new images, that look secret. Reading never fails: a job that does not fit is left out and the others stay. What
 * could not be read, be it a job or all (a file of a later version), is kept in `<file>.unreadable`, and
 * nothing is written before it is kept there.
 */
export class JobsFile {
  readonly #file: string
  /** Puts aside what could not be read; null: there is nothing to put aside. */
  #keepAside: (() => Promise<void>) | null = null

  constructor(file: string) {
    this.#file = file
  }

  async read(): Promise<KeptJobs> {
    const aside = `${this.#file}.unreadable`
    let bytes: Buffer
    let writtenAt: number
    try {
      bytes = await readFile(this.#file)
      writtenAt = (await stat(this.#file)).mtimeMs
    } catch (error) {
      if (isMissing(error)) return nothingKept
      log.warn({ error }, 'the jobs could not be read; there are none')
      this.#keepAside = () => rename(this.#file, aside)
      return nothingKept
    }
    const { jobs, lost } = understand(bytes.toString('utf8'))
    if (lost) {
      log.warn({ file: this.#file }, 'some jobs could not be read; they are kept beside')
      this.#keepAside = () => writeFileAtomically(aside, bytes)
    }
    return { jobs, writtenAt }
  }

  /**
   * Atomic: rejects when it cannot be written, and the old file is whole then.
   *
   * @param jobs In the order in which they began. The first are left out where all are too much.
   */
  async write(jobs: readonly Job[]): Promise<void> {
    await this.#keepAside?.()
    this.#keepAside = null
    await writeFileAtomically(
      this.#file,
      `{"version":${VERSION},"jobs":[\n${lastThatFit(jobs).join(',\n')}\n]}\n`,
    )
  }
}

function lastThatFit(jobs: readonly Job[]): string[] {
  const kept: string[] = []
  let room = MOST_CHARACTERS
  for (const one of jobs.toReversed()) {
    const text = keptJson(one)
    room -= text.length
    if (room < 0) break
    kept.push(text)
  }
  return kept.reverse()
}

function understand(text: string): { jobs: Job[]; lost: boolean } {
  const found = content.safeParse(parseJson(text))
  if (!found.success) return { jobs: [], lost: text.trim() !== '' }
  const byId = new Map(fitting(job, found.data.jobs).map((one) => [one.id, one]))
  const jobs = [...byId.values()].sort((a, b) => a.startedAt - b.startedAt)
  return { jobs, lost: jobs.length < found.data.jobs.length }
}
