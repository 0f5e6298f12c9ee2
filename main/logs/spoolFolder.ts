import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { log } from '../log'
import { processRuns } from '../processRuns'

/**
 * Where open logs keep their lines: one folder for each run of the app, named after its process, in which
 * each open log has a folder. All of it goes when the app ends; what a run left behind that was killed goes
 * when the next one begins.
 */
export class SpoolFolder {
  readonly #parent: string
  readonly #own: string
  #ready: Promise<void> | null = null

  constructor(parent: string) {
    this.#parent = parent
    this.#own = join(parent, `${process.pid}-${randomBytes(4).toString('hex')}`)
  }

  /** A new folder for one log, 0700. */
  async make(name: string): Promise<string> {
    this.#ready ??= this.#prepare()
    await this.#ready
    const folder = join(this.#own, name)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  }

  async close(): Promise<void> {
    await this.#ready?.catch(() => undefined)
    await rm(this.#own, { recursive: true, force: true })
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#own, { recursive: true, mode: 0o700 })
    for (const name of await readdir(this.#parent)) {
      const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name)?.[1])
      if (Number.isNaN(pid) || processRuns(pid)) continue
      await rm(join(this.#parent, name), { recursive: true, force: true }).catch((error: unknown) =>
        log.warn({ error }, 'lines of a former run could not be removed'),
      )
    }
  }
}
