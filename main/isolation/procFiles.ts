import { open, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The files of /proc/<pid>, read without blocking: some wait for a lock that the process holds. */
export class ProcFolder {
  readonly #folder: string

  constructor(procRoot: string, pid: number | 'self') {
    this.#folder = join(procRoot, String(pid))
  }

  read(name: string): Promise<string> {
    return readFile(join(this.#folder, name), 'utf8')
  }

  readLink(name: string): Promise<string> {
    return readlink(join(this.#folder, name))
  }

  list(name: string): Promise<string[]> {
    return readdir(join(this.#folder, name))
  }

  /** The first `limitBytes` bytes: a command line may have megabytes. */
  async readStart(name: string, limitBytes: number): Promise<string> {
    const handle = await open(join(this.#folder, name))
    try {
      const buffer = Buffer.alloc(limitBytes)
      const { bytesRead } = await handle.read(buffer, 0, limitBytes, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await handle.close()
    }
  }
}
