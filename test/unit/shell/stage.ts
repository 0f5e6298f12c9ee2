import { join } from 'node:path'
import { LiveCollection } from '../../../main/live/collection'
import { LiveValue } from '../../../main/live/value'
import { SettingsFile } from '../../../main/settings/settingsFile'
import type { Api } from '../../../preload/contract'
import type { Container } from '../../../preload/contract/containers'
import type { Engine, EnginesMessage } from '../../../preload/contract/engines'
import type { Problem } from '../../../preload/contract/errors'
import type { Settings } from '../../../preload/contract/settings'
import { engine } from '../renderer/fixtures'

interface Options {
  signal: AbortSignal
}
interface Bulk {
  engineId: string
  ids: string[]
}

/** Engines without engines: the part of the API that the shell asks, over the app's own live lists. */
export class Stage {
  readonly settings: SettingsFile
  readonly #engines = new LiveValue<EnginesMessage>({
    ...{ searching: false, engines: [], attempts: [], offers: [] },
  })
  readonly #lists = new Map<string, LiveCollection<Container>>()
  /** What was asked to be done. */
  readonly asked: [action: string, engineId: string, id: string | undefined][] = []
  /** Texts of the containers, by path; null for one that is too large. Anything else is no text. */
  readonly texts = new Map<string, string | null>()
  /** What comes of what is asked from now on. */
  problem: Problem | null = null

  constructor(dataFolder: string) {
    this.settings = new SettingsFile(join(dataFolder, 'settings.json'))
  }

  /** Shows these engines, connected unless they say otherwise. */
  show(...engines: Partial<Engine>[]): void {
    this.#engines.value = { ...this.#engines.value, engines: engines.map((each) => engine(each)) }
  }

  list(engineId: string): LiveCollection<Container> {
    const list = this.#lists.get(engineId) ?? new LiveCollection<Container>()
    this.#lists.set(engineId, list)
    return list
  }

  change(changes: Partial<Settings>): Promise<Settings> {
    return this.settings.change(changes)
  }

  /** How many follow the containers of an engine. */
  watchers(engineId: string): number {
    return this.list(engineId).watcherCount
  }

  get api(): Api {
    const act = (action: string) => (input: Bulk) => {
      this.asked.push([action, input.engineId, input.ids[0]])
      const id = input.ids[0] ?? ''
      const problem = this.problem ?? undefined
      return Promise.resolve({ outcomes: [{ id, changed: !problem, ...(problem && { problem }) }] })
    }
    const api = {
      engines: {
        watch: (_input: unknown, { signal }: Options) =>
          Promise.resolve(this.#engines.watch(signal)),
      },
      containers: {
        watch: ({ engineId }: { engineId: string }, { signal }: Options) =>
          Promise.resolve(this.list(engineId).watch(signal)),
        start: act('start'),
        stop: act('stop'),
        restart: act('restart'),
      },
      files: {
        preview: ({ path }: { path: string }) => {
          const text = this.texts.get(path)
          const content =
            text === undefined
              ? { kind: 'binary', base64: '' }
              : { kind: 'text', text: text ?? 'the first part', truncated: text === null }
          return Promise.resolve({ path, sizeBytes: 0, content })
        },
      },
      settings: {
        watch: (_input: unknown, { signal }: Options) =>
          Promise.resolve(this.settings.watch(signal)),
      },
    }
    return api as unknown as Api
  }
}
