import { readFile } from 'node:fs/promises'
import { settingsValues, type Settings } from '../../preload/contract/settings'
import { Watcher } from '../live/watcher'
import { isMissing, writeFileAtomically } from '../systemFiles'
import { log } from '../log'

/**
 * The remembered choices, in one JSON file. Reading never fails: values that do not fit become their
 * defaults, one by one. Writing is atomic; a full disk leaves the old file whole.
 */
export class SettingsFile {
  readonly #file: string
  #values: Promise<Settings> | null = null
  #writing: Promise<unknown> = Promise.resolve()
  readonly #watchers = new Set<Watcher>()

  constructor(file: string) {
    this.#file = file
  }

  read(): Promise<Settings> {
    this.#values ??= this.#load()
    return this.#values
  }

  /** All values, at once and after changes. */
  async *watch(signal: AbortSignal): AsyncGenerator<Settings, void, undefined> {
    const watcher = new Watcher()
    this.#watchers.add(watcher)
    try {
      yield await this.read()
      while (await watcher.next(signal, 0)) yield await this.read()
    } finally {
      this.#watchers.delete(watcher)
    }
  }

  /** Changes the given keys; resolves with all values once they are on the disk. */
  async change(changes: Partial<Settings>): Promise<Settings> {
    const changed = this.read().then((values) => settingsValues.parse({ ...values, ...changes }))
    this.#values = changed
    for (const watcher of this.#watchers) watcher.notify()
    const write = this.#writing.then(async () =>
      writeFileAtomically(this.#file, `${JSON.stringify(await changed, null, 2)}\n`),
    )
    this.#writing = write.catch(() => undefined)
    await write
    return changed
  }

  async #load(): Promise<Settings> {
    let raw: unknown = {}
    try {
      raw = JSON.parse(await readFile(this.#file, 'utf8'))
    } catch (error) {
      if (!isMissing(error))
        log.warn({ error }, 'the settings could not be read; defaults are used')
    }
    const kept = Object.entries(typeof raw === 'object' && raw !== null ? raw : {}).filter(
      ([key, value]) =>
        key in settingsValues.shape &&
        settingsValues.shape[key as keyof Settings].safeParse(value).success,
    )
    return settingsValues.parse(Object.fromEntries(kept))
  }
}
