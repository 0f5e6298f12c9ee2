import { z } from 'zod'
import { registrySettings, type RegistrySettings } from '../../preload/contract/registries'
import { KeptFile, type Understood } from '../keptFile'
import { readJson } from './json'

const VERSION = 1
const content = z.object({ version: z.literal(VERSION), registries: z.array(z.unknown()) })

/** The settings of registries: an entry that does not fit is left out and the others stay. */
export class RegistrySettingsFile {
  readonly #file: KeptFile<RegistrySettings[]>

  constructor(file: string) {
    this.#file = new KeptFile(file, { what: 'settings of registries', nothing: [], understand })
  }

  read(): Promise<RegistrySettings[]> {
    return this.#file.read()
  }

  write(registries: readonly RegistrySettings[]): Promise<void> {
    return this.#file.write({ version: VERSION, registries })
  }
}

function understand(text: string): Understood<RegistrySettings[]> {
  const found = readJson(content, text)
  if (found === undefined) return { kept: [], lost: text.trim() !== '' }
  const byHost = new Map<string, RegistrySettings>()
  for (const entry of found.registries) {
    const { data } = registrySettings.safeParse(entry)
    if (data) byHost.set(data.host, data)
  }
  return { kept: [...byHost.values()], lost: byHost.size < found.registries.length }
}
