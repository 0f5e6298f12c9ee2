import { isAbout, type AlertSubject } from '../../preload/contract/alertScope'
import type { ActiveAlert, AlertEvent, AlertRule } from '../../preload/contract/alerts'
import type { ContainerStats } from '../../preload/contract/stats'
import { Condition } from './condition'

/** What is judged about one container. */
interface Watched {
  subject: AlertSubject
  /** Of the rules that are about it. */
  conditions: Map<string, Condition>
  /** The tick that it was in last. */
  tick: number
}

/**
 * Judges every container of every engine by every rule, tick by tick. Nothing in here knows a clock, a
 * file or an engine: all that happens is returned as events, the order of which is, for each rule and
 * container, raised, ended, raised, ended, and so on.
 */
export class Evaluator {
  #rules: readonly AlertRule[] = []
  readonly #engines = new Map<string, Map<string, Watched>>()
  #ticks = 0

  /**
   * Replaces the rules. A rule that is gone, disabled or asks for something else ends its alerts; one
   * with only another name goes on.
   */
  setRules(rules: readonly AlertRule[], at: number): AlertEvent[] {
    this.#rules = rules.filter(({ enabled }) => enabled)
    const events: AlertEvent[] = []
    for (const [engineId, containers] of this.#engines) {
      for (const [containerId, watched] of containers) {
        this.#choose({ engineId, containerId, at, events }, watched)
      }
    }
    return events
  }

  /**
   * Judges one tick of an engine.
   *
   * @param subjects What the containers are called; one that is not in there is left for a later tick.
   */
  tick(
    engineId: string,
    at: number,
    containers: readonly Pick<ContainerStats, 'id' | 'values'>[],
    subjects: ReadonlyMap<string, AlertSubject>,
  ): AlertEvent[] {
    const events: AlertEvent[] = []
    const known = this.#engine(engineId)
    this.#ticks++
    for (const { id: containerId, values } of containers) {
      const where = { engineId, containerId, at, events }
      const watched = this.#watched(where, known, subjects.get(containerId))
      if (!watched) continue
      watched.tick = this.#ticks
      for (const condition of watched.conditions.values()) {
        const change = condition.step(at, values)
        if (change) events.push(eventOf(where, watched, condition.rule, change))
      }
    }
    for (const [containerId, watched] of known) {
      if (watched.tick === this.#ticks) continue
      known.delete(containerId)
      for (const condition of watched.conditions.values()) {
        end({ engineId, containerId, at, events }, watched, condition)
      }
    }
    return events
  }

  /** What is raised now, the newest first. */
  active(): ActiveAlert[] {
    const active: ActiveAlert[] = []
    for (const [engineId, containers] of this.#engines) {
      for (const [containerId, { subject, conditions }] of containers) {
        for (const { rule, raised } of conditions.values()) {
          if (!raised) continue
          const { at: since, value } = raised
          const containerName = subject.name
          active.push({ ruleId: rule.id, engineId, containerId, containerName, since, value })
        }
      }
    }
    return active.sort((a, b) => b.since - a.since)
  }

  #engine(engineId: string): Map<string, Watched> {
    let containers = this.#engines.get(engineId)
    if (!containers) {
      containers = new Map()
      this.#engines.set(engineId, containers)
    }
    return containers
  }

  #watched(
    where: Where,
    known: Map<string, Watched>,
    subject: AlertSubject | undefined,
  ): Watched | undefined {
    const watched = known.get(where.containerId)
    if (!subject) return watched
    if (!watched) {
      const made: Watched = { subject, conditions: new Map(), tick: 0 }
      known.set(where.containerId, made)
      this.#choose(where, made)
      return made
    }
    // Matching is done when a container changes, not at every tick.
    if (watched.subject.name !== subject.name || watched.subject.labels !== subject.labels) {
      watched.subject = subject
      this.#choose(where, watched)
    }
    return watched
  }

  /** Finds the rules that are about a container, and keeps what is known of those that were before. */
  #choose(where: Where, watched: Watched): void {
    const before = watched.conditions
    watched.conditions = new Map()
    for (const rule of this.#rules) {
      if (!isAbout(rule, watched.subject)) continue
      const old = before.get(rule.id)
      const same = old && asksTheSame(old.rule, rule)
      if (same) {
        old.rule = rule
        before.delete(rule.id)
      }
      watched.conditions.set(rule.id, same ? old : new Condition(rule))
    }
    for (const condition of before.values()) end(where, watched, condition)
  }
}

/** Where something happens, and where it is noted. */
interface Where {
  engineId: string
  containerId: string
  at: number
  events: AlertEvent[]
}

/** Ends what nobody can tell any more. */
function end(where: Where, watched: Watched, condition: Condition): void {
  if (!condition.raised) return
  condition.raised = null
  where.events.push(eventOf(where, watched, condition.rule, { kind: 'ended', value: null }))
}

function eventOf(
  { engineId, containerId, at }: Where,
  { subject }: Watched,
  { id, name, metric, threshold }: AlertRule,
  change: Pick<AlertEvent, 'kind' | 'value'>,
): AlertEvent {
  return {
    ...change,
    at,
    ruleId: id,
    ruleName: name,
    engineId,
    containerId,
    containerName: subject.name,
    metric,
    threshold,
  }
}

/** Names, and which containers are meant, may differ: what was measured stays true. */
function asksTheSame(a: AlertRule, b: AlertRule): boolean {
  return (
    a.metric === b.metric &&
    a.comparison === b.comparison &&
    a.threshold === b.threshold &&
    a.forSeconds === b.forSeconds
  )
}
