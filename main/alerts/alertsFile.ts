import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  alertEvent,
  alertRule,
  mostAlertEvents,
  mostAlertRules,
  type AlertEvent,
  type AlertRule,
} from '../../preload/contract/alerts'
import { isMissing, writeFileAtomically } from '../files'
import { log } from '../log'

export interface KeptAlerts {
  /** The oldest first. */
  rules: readonly AlertRule[]
  /** The newest first. */
  recent: readonly AlertEvent[]
}

const VERSION = 1
const content = z.object({
  version: z.literal(VERSION),
  rules: z.array(z.unknown()),
  recent: z.array(z.unknown()).catch([]),
})

/**
 * The rules and the last events, in one JSON file. Reading never fails: a rule that does not fit is left
 * out and the others stay. What could not be read, be it a rule or all (a file of a later version), is
 * kept in `<file>.unreadable` before this version writes over it.
 */
export class AlertsFile {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  async read(): Promise<KeptAlerts> {
    let text: string
    try {
      text = await readFile(this.#file, 'utf8')
    } catch (error) {
      if (!isMissing(error)) log.warn({ error }, 'the alerts could not be read; there are none')
      return { rules: [], recent: [] }
    }
    const { kept, lost } = understand(text)
    if (lost) {
      log.warn({ file: this.#file }, 'some alerts could not be read; they are kept beside')
      await this.#keepAside(text)
    }
    return kept
  }

  /** Atomic: rejects when it cannot be written, and the old file is whole then. */
  async write({ rules, recent }: KeptAlerts): Promise<void> {
    const text = JSON.stringify({ version: VERSION, rules, recent }, null, 2)
    await writeFileAtomically(this.#file, `${text}\n`)
  }

  async #keepAside(text: string): Promise<void> {
    try {
      await writeFileAtomically(`${this.#file}.unreadable`, text)
    } catch (error) {
      log.warn({ error }, 'the unreadable alerts could not be kept')
    }
  }
}

/** `lost`: rules were. Events that do not fit are no loss. */
function understand(text: string): { kept: KeptAlerts; lost: boolean } {
  const found = content.safeParse(parsed(text))
  if (!found.success) return { kept: { rules: [], recent: [] }, lost: text.trim() !== '' }
  const byId = new Map(fitting(alertRule, found.data.rules).map((rule) => [rule.id, rule]))
  const rules = [...byId.values()].slice(0, mostAlertRules)
  const recent = fitting(alertEvent, found.data.recent).slice(0, mostAlertEvents)
  return { kept: { rules, recent }, lost: rules.length < found.data.rules.length }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function fitting<Output>(schema: z.ZodType<Output>, items: readonly unknown[]): Output[] {
  return items.flatMap((item) => {
    const { success, data } = schema.safeParse(item)
    return success ? [data] : []
  })
}
