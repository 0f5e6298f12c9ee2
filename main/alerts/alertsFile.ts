import { z } from 'zod'
import {
  alertEvent,
  alertRule,
  mostAlertEvents,
  mostAlertRules,
  type AlertEvent,
  type AlertRule,
} from '../../preload/contract/alerts'
import { fitting, KeptFile, parseJson, type Understood } from '../keptFile'

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

/** The rules and the last events: a rule that does not fit is left out and the others stay. */
export class AlertsFile {
  readonly #file: KeptFile<KeptAlerts>

  constructor(file: string) {
    this.#file = new KeptFile(file, {
      what: 'alerts',
      nothing: { rules: [], recent: [] },
      understand,
    })
  }

  read(): Promise<KeptAlerts> {
    return this.#file.read()
  }

  write({ rules, recent }: KeptAlerts): Promise<void> {
    return this.#file.write({ version: VERSION, rules, recent })
  }
}

/** `lost`: rules were. Events that do not fit are no loss. */
function understand(text: string): Understood<KeptAlerts> {
  const found = content.safeParse(parseJson(text))
  if (!found.success) return { kept: { rules: [], recent: [] }, lost: text.trim() !== '' }
  const byId = new Map(fitting(alertRule, found.data.rules).map((rule) => [rule.id, rule]))
  const rules = [...byId.values()].slice(0, mostAlertRules)
  const recent = fitting(alertEvent, found.data.recent).slice(0, mostAlertEvents)
  return { kept: { rules, recent }, lost: rules.length < found.data.rules.length }
}
