import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { dialog, shell, type BrowserWindow } from 'electron'
import { z } from 'zod'
import type { Api } from '../../preload/contract'
import { absolutePath, containerId, engineScope } from '../../preload/contract/base'
import { filesTarget, innerPath } from '../../preload/contract/files'
import { toProblem } from '../errors'
import { logFolder } from '../logFile'
import { exists } from '../systemFiles'
import { execCommand, runInTerminal } from './systemTerminal'
import type { ShellWords } from './words'

const containerInput = engineScope.extend({ containerId })
const copyInput = z.object({ target: filesTarget, path: innerPath })

/** Endings that editors know and no system runs; any other text is opened as `.txt`. */
const textEndings =
  /\.(txt|md|log|conf|cfg|cnf|ini|toml|ya?ml|json|xml|csv|env|properties|css|sql|lock|gitignore|dockerfile)$/i
const answerMillis = 10_000

interface OpeningOptions {
  dataFolder: string
  api: () => Promise<Api>
  words: () => ShellWords['opening']
}

/**
 * What other programs of the person's are given to open, as the page asks for it. Each but the log's
 * folder resolves with what speaks against it, in words; null: it was done, or the person said no.
 */
export class Opening {
  readonly #options: OpeningOptions
  /** Copies that an editor has open; they go with the next run. */
  readonly #copies: string

  constructor(options: OpeningOptions) {
    this.#options = options
    this.#copies = join(options.dataFolder, 'opened')
  }

  /** Removes what an earlier run gave to editors. */
  async clear(): Promise<void> {
    await rm(this.#copies, { recursive: true, force: true })
  }

  async logFolder(): Promise<void> {
    const folder = logFolder(this.#options.dataFolder)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await shell.openPath(folder)
  }

  async folderOf(input: unknown): Promise<string | null> {
    const path = absolutePath.parse(input)
    if (!(await exists(path))) return this.#options.words().notHere(path)
    shell.showItemInFolder(path)
    return null
  }

  async terminal(input: unknown): Promise<string | null> {
    const { engineId, containerId: id } = containerInput.parse(input)
    const words = this.#options.words()
    const engine = await this.#engine(engineId)
    const command = engine && execCommand(engine, id)
    if (!command) return words.noClient
    try {
      return (await runInTerminal(command, this.#copies)) ? null : words.noTerminal
    } catch (error) {
      return toProblem(error).message
    }
  }

  async copy(window: BrowserWindow, input: unknown): Promise<string | null> {
    const { target, path } = copyInput.parse(input)
    const words = this.#options.words()
    try {
      const { content } = await (await this.#options.api()).files.preview({ target, path })
      if (content.kind !== 'text') return words.noText
      if (content.truncated) return words.tooLarge
      if (!(await this.#agrees(window, basename(path)))) return null
      const folder = join(this.#copies, randomBytes(6).toString('hex'))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, safeName(path))
      await writeFile(file, content.text, { mode: 0o600 })
      // It answers in words what went wrong.
      return (await shell.openPath(file)) || null
    } catch (error) {
      return toProblem(error).message
    }
  }

  async #agrees(window: BrowserWindow, name: string): Promise<boolean> {
    const { copy } = this.#options.words()
    const { response } = await dialog.showMessageBox(window, {
      ...{ type: 'question' as const, message: copy.message(shown(name)), detail: copy.detail },
      ...{ buttons: [copy.open, copy.cancel], defaultId: 0, cancelId: 1, noLink: true },
    })
    return response === 0
  }

  async #engine(engineId: string) {
    const api = await this.#options.api()
    const signal = AbortSignal.timeout(answerMillis)
    for await (const { engines } of await api.engines.watch(undefined, { signal })) {
      return engines.find(({ id }) => id === engineId) ?? null
    }
    return null
  }
}

/** A name that every system takes for a text: a container wrote it. */
export function safeName(path: string): string {
  const name = basename(path)
    .replace(/[^\w.-]/g, '_')
    .replace(/^\.+/, '')
    .slice(-80)
  return textEndings.test(name) ? name : `${name || 'file'}.txt`
}

const shown = (name: string) =>
  name.replace(/[^\x20-\x7e\xa0-\u{10ffff}]/gu, '\ufffd').slice(0, 100)
