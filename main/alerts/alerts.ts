import { randomUUID } from 'node:crypto'
import type { AlertSubject } from '../../preload/contract/alertScope'
import {
  mostAlertEvents,
  mostAlertRules,
  type AlertEvent,
  type AlertOpened,
  type AlertRule,
  type AlertRuleDraft,
  type AlertsMessage,
} from '../../preload/contract/alerts'
import { say } from '../../preload/contract/say'
import type { Mark, StatsTick } from '../../preload/contract/stats'
import { Failure } from '../errors'
import { LiveValue } from '../live/value'
import { log } from '../log'
import type { Notify } from '../platform'
import type { AlertsFile } from './alertsFile'
import { Evaluator } from './evaluator'
import { notificationsOf } from './notifications'

/** Between an event and its writing, milliseconds: events come in bursts. */
const KEEP_MILLIS = 1_000

export interface AlertsOptions {
  file: AlertsFile
  /** Shows a notification on the desktop; null: the pages do. */
  notify: Notify | null
  /** Puts a mark into a container's history. */
  mark(engineId: string, containerId: string, mark: Mark): void
}

/** The rules, what they say about the containers, and what is told of it: on the desktop and in charts. */
export class Alerts {
  readonly #options: AlertsOptions
  readonly #evaluator = new Evaluator()
  /** Null until the file was read. */
  readonly #live = new LiveValue<AlertsMessage | null>(null)
  readonly #opened = new LiveValue<AlertOpened | null>(null)
  #rules: readonly AlertRule[] = []
  #recent: readonly AlertEvent[] = []
  /** Reading, changes and writings, one after the other. */
  #queue: Promise<unknown>
  #keepTimer: NodeJS.Timeout | null = null

  constructor(options: AlertsOptions) {
    this.#options = options
    this.#queue = this.#load()
  }

  /** Judges a tick of an engine's statistics. */
  observe(engineId: string, tick: StatsTick, subjects: ReadonlyMap<string, AlertSubject>): void {
    this.#tell(this.#evaluator.tick(engineId, tick.at, tick.containers, subjects))
  }

  async *watch(signal: AbortSignal): AsyncGenerator<AlertsMessage, void, undefined> {
    for await (const message of this.#live.watch(signal)) if (message) yield message
  }

  /** The clicks on notifications from now on. */
  async *opened(signal: AbortSignal): AsyncGenerator<AlertOpened, void, undefined> {
    const before = this.#opened.value
    for await (const opened of this.#opened.watch(signal)) {
      if (opened && opened !== before) yield opened
    }
  }

  /** Adds a rule, or changes the one with this id; resolves once it is on the disk. */
  async save({ id, ...draft }: AlertRuleDraft & { id?: string | undefined }): Promise<AlertRule> {
    const rule = { ...draft, id: id ?? randomUUID() }
    await this.#change((rules) => {
      if (id !== undefined) return rules.with(indexOf(rules, id), rule)
      if (rules.length < mostAlertRules) return [...rules, rule]
      throw new Failure('conflict', say`There are ${mostAlertRules} rules already.`, {
        hint: say`Delete one that is not needed any more, or let one rule be about several containers.`,
      })
    })
    return rule
  }

  /** Removes a rule and ends its alerts. */
  async remove(id: string): Promise<void> {
    await this.#change((rules) => rules.toSpliced(indexOf(rules, id), 1))
  }

  async clearRecent(): Promise<void> {
    await this.#change((rules) => {
      this.#recent = []
      return rules
    })
  }

  /** Writes what is not on the disk yet. */
  async close(): Promise<void> {
    if (this.#keepTimer) this.#keepRecent()
    await this.#queue
  }

  async #load(): Promise<void> {
    const { rules, recent } = await this.#options.file.read()
    const now = Date.now()
    this.#rules = rules
    this.#recent = [...unfinished(recent, now), ...recent].slice(0, mostAlertEvents)
    this.#evaluator.setRules(rules, now)
    this.#publish()
  }

  /** Nothing changes when it cannot be written. */
  #change(change: (rules: readonly AlertRule[]) => readonly AlertRule[]): Promise<void> {
    const work = this.#queue.then(async () => {
      const rules = change(this.#rules)
      await this.#options.file.write({ rules, recent: this.#recent })
      this.#rules = rules
      this.#tell(this.#evaluator.setRules(rules, Date.now()))
      this.#publish()
    })
    this.#queue = work.catch(() => undefined)
    return work
  }

  #tell(events: readonly AlertEvent[]): void {
    if (events.length === 0) return
    this.#recent = [...events.toReversed(), ...this.#recent].slice(0, mostAlertEvents)
    this.#keepTimer ??= setTimeout(() => this.#keepRecent(), KEEP_MILLIS)
    this.#publish()
    for (const event of events) if (event.kind === 'raised') this.#mark(event)
    for (const { title, body, about } of notificationsOf(events, this.#rules)) {
      const onClick = () => (this.#opened.value = about)
      this.#options.notify?.({ title, body, onClick })
    }
  }

  #mark({ engineId, containerId, at, ruleName }: AlertEvent): void {
    try {
      this.#options.mark(engineId, containerId, { kind: 'alert', at, rule: ruleName })
    } catch (error) {
      log.warn({ error, container: containerId }, 'an alert could not be marked')
    }
  }

  #keepRecent(): void {
    if (this.#keepTimer) clearTimeout(this.#keepTimer)
    this.#keepTimer = null
    this.#queue = this.#queue
      .then(() => this.#options.file.write({ rules: this.#rules, recent: this.#recent }))
      .catch((error: unknown) => log.warn({ error }, 'the last alerts could not be written'))
  }

  #publish(): void {
    this.#live.value = {
      rules: [...this.#rules],
      active: this.#evaluator.active(),
      recent: [...this.#recent],
      notifiedBy: this.#options.notify ? 'main' : 'page',
    }
  }
}

function indexOf(rules: readonly AlertRule[], id: string): number {
  const index = rules.findIndex((rule) => rule.id === id)
  if (index >= 0) return index
  throw new Failure('not-found', say`This rule is not there any more.`)
}

/** What was raised when the app was closed: nobody watched it since, so it ended. */
function unfinished(recent: readonly AlertEvent[], at: number): AlertEvent[] {
  const seen = new Set<string>()
  const raised = recent.filter(({ kind, ruleId, engineId, containerId }) => {
    const which = `${ruleId} ${engineId} ${containerId}`
    if (seen.has(which)) return false
    seen.add(which)
    return kind === 'raised'
  })
  return raised.map((event) => ({ ...event, kind: 'ended', at, value: null }))
}
