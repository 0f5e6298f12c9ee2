import type { AlertRuleDraft } from '../../preload/contract/alerts'

const everywhere = { comparison: 'above', container: '', label: '', enabled: true } as const

/** A rule as it stands in a form that nobody has touched. */
export const blankRule: AlertRuleDraft = {
  ...everywhere,
  name: '',
  metric: 'cpuPercent',
  threshold: 80,
  forSeconds: 120,
}

/** Rules that most people want; their names are words. */
export const templates = [
  { id: 'cpuAtLimit', metric: 'cpuOfLimitPercent', threshold: 95, forSeconds: 120 },
  { id: 'memoryNearLimit', metric: 'memoryOfLimitPercent', threshold: 90, forSeconds: 60 },
  { id: 'throttled', metric: 'throttledPeriodsPercent', threshold: 25, forSeconds: 60 },
  { id: 'manyProcesses', metric: 'processes', threshold: 500, forSeconds: 60 },
] as const

/** A template as a rule with a name. */
export function ruleOf(template: (typeof templates)[number], name: string): AlertRuleDraft {
  const { metric, threshold, forSeconds } = template
  return { ...everywhere, name, metric, threshold, forSeconds }
}
