import type { Job } from '../../preload/contract/jobs'
import { log } from '../log'
import type { JobsFile, KeptJobs } from './jobsFile'

/** Writes the jobs again and again, one writing at a time; what changes meanwhile goes with the next. */
export class JobsKeeper {
  readonly #file: JobsFile
  readonly #jobs: () => readonly Job[]
  #reading: Promise<unknown> = Promise.resolve()
  #writing: Promise<void> | null = null
  #changed = false

  constructor(file: JobsFile, jobs: () => readonly Job[]) {
    this.#file = file
    this.#jobs = jobs
  }

  /** What was kept. Nothing is written before it was read. */
  read(): Promise<KeptJobs> {
    const reading = this.#file.read()
    this.#reading = reading
    return reading
  }

  /** Writes soon. A disk that refuses costs the record, never the jobs. */
  keep(): void {
    this.#changed = true
    this.#writing ??= this.#write()
  }

  /** Resolves once all that was to be kept is on the disk, or the disk has refused it. */
  async settled(): Promise<void> {
    await this.#reading
    await this.#writing
  }

  async #write(): Promise<void> {
    await this.#reading
    while (this.#changed) {
      this.#changed = false
      try {
        await this.#file.write(this.#jobs())
      } catch (error) {
        log.warn({ error }, 'the jobs could not be written')
      }
    }
    this.#writing = null
  }
}
