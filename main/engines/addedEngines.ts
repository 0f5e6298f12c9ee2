import { z } from 'zod'
import { engineSettings, type EngineSettings } from '../../preload/contract/engines'
import { fitting, KeptFile, parseJson, type Understood } from '../keptFile'

const VERSION = 1
const content = z.object({ version: z.literal(VERSION), engines: z.array(z.unknown()) })

/** The engines that a person added, in their order. Addresses and files only: there is no secret in it. */
export class AddedEngines {
  readonly #file: KeptFile<readonly EngineSettings[]>

  constructor(file: string) {
    this.#file = new KeptFile(file, { what: 'engines', nothing: [], understand })
  }

  read(): Promise<readonly EngineSettings[]> {
    return this.#file.read()
  }

  write(engines: readonly EngineSettings[]): Promise<void> {
    return this.#file.write({ version: VERSION, engines })
  }
}

function understand(text: string): Understood<readonly EngineSettings[]> {
  const { success, data } = content.safeParse(parseJson(text))
  if (!success) return { kept: [], lost: text.trim() !== '' }
  const kept = fitting(engineSettings, data.engines)
  return { kept, lost: kept.length < data.engines.length }
}
