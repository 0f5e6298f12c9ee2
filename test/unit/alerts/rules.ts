import { randomUUID } from 'node:crypto'
import type { AlertEvent, AlertRule, AlertRuleDraft } from '../../../preload/contract/alerts'
import { metricIndex, metrics, type Metric } from '../../../preload/contract/stats'

/** A rule as a person could write it: by default, CPU above 80 %, for every container. */
export function draft(changes: Partial<AlertRuleDraft> = {}): AlertRuleDraft {
  return {
    name: 'Busy',
    metric: 'cpuPercent',
    comparison: 'above',
    threshold: 80,
    forSeconds: 0,
    container: '',
    label: '',
    enabled: true,
    ...changes,
  }
}

export function rule(changes: Partial<AlertRule> = {}): AlertRule {
  return { id: randomUUID(), ...draft(), ...changes }
}

/** A row of values in which only these are known. */
export function row(known: Partial<Record<Metric, number | null>>): (number | null)[] {
  const values = metrics.map((): number | null => null)
  for (const metric of metrics) values[metricIndex[metric]] = known[metric] ?? null
  return values
}

export function event(changes: Partial<AlertEvent> = {}): AlertEvent {
  return {
    kind: 'raised',
    at: 1_000,
    ruleId: '00000000-0000-4000-8000-000000000001',
    ruleName: 'Busy',
    engineId: 'e1',
    containerId: 'a'.repeat(64),
    containerName: 'web',
    metric: 'cpuPercent',
    value: 93.24,
    threshold: 80,
    ...changes,
  }
}
