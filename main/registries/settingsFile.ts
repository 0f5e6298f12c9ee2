import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { registrySettings, type RegistrySettings } from '../../preload/contract/registries'
import { isMissing, writeFileAtomically } from '../files'
import { log } from '../log'
import { readJson } from './json'

const VERSION = 1
const content = z.object({ version: z.literal(VERSION), registries: z.array(z.unknown()) })

/**
 * The settings of registries, in one JSON file of mode 0600. Reading never fails: an entry that does not
 * fit is left out and the others stay. What could not be read is kept in `<file>.unreadable` before this
 * version writes over it.
 */
export class RegistrySettingsFile {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  async read(): Promise<RegistrySettings[]> {
    let text: string
    try {
      text = await readFile(this.#file, 'utf8')
    } catch (error) {
      if (!isMissing(error)) {
        log.warn({ error }, 'the settings of registries could not be read; there are none')
      }
      return []
    }
    const { kept, lost } = understand(text)
    if (lost) {
      log.warn({ file: this.#file }, 'some settings of registries could not be read')
      await this.#keepAside(text)
    }
    return kept
  }

  /** Atomic: rejects when it cannot be written, and the old file is whole then. */
  async write(registries: readonly RegistrySettings[]): Promise<void> {
    const text = JSON.stringify({ version: VERSION, registries }, null, 2)
    await writeFileAtomically(this.#file, `${text}\n`, 0o600)
  }

  async #keepAside(text: string): Promise<void> {
    try {
      await writeFileAtomically(`${this.#file}.unreadable`, text, 0o600)
    } catch (error) {
      log.warn({ error }, 'the unreadable settings of registries could not be kept')
    }
  }
}

function understand(text: string): { kept: RegistrySettings[]; lost: boolean } {
  const found = readJson(content, text)
  if (found === undefined) return { kept: [], lost: text.trim() !== '' }
  const byHost = new Map<string, RegistrySettings>()
  for (const entry of found.registries) {
    const { data } = registrySettings.safeParse(entry)
    if (data) byHost.set(data.host, data)
  }
  return { kept: [...byHost.values()], lost: byHost.size < found.registries.length }
}
