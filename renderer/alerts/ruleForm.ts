import { alertRuleDraft, type AlertRuleDraft } from '../../preload/contract/alerts'
import { unitOf, type ComparableFigure, type Unit } from '../../preload/contract/figures'
import { typedUnits } from './figures'

const secondsOf = { seconds: 1, minutes: 60, hours: 3_600 } as const
export type TimeUnit = keyof typeof secondsOf
export const timeUnits = ['seconds', 'minutes', 'hours'] as const satisfies readonly TimeUnit[]

/** A rule as it is typed. */
export interface RuleForm {
  name: string
  metric: ComparableFigure
  comparison: AlertRuleDraft['comparison']
  /** In the unit of `typedUnits`. */
  threshold: string
  duration: string
  durationUnit: TimeUnit
  container: string
  label: string
  enabled: boolean
}

/** A threshold to begin with where the one that stands there was in another unit. */
const usualThresholds: Readonly<Record<Unit, string>> = {
  percent: '80',
  bytes: '512',
  bytesPerSecond: '10',
  count: '100',
}

export function formOf(rule: AlertRuleDraft): RuleForm {
  const { name, metric, comparison, container, label, enabled } = rule
  const unit =
    rule.forSeconds === 0
      ? 'seconds'
      : (timeUnits.findLast((each) => rule.forSeconds % secondsOf[each] === 0) ?? 'seconds')
  return {
    ...{ name, metric, comparison, container, label, enabled },
    threshold: String(rule.threshold / typedUnits[unitOf(metric)].size),
    duration: String(rule.forSeconds / secondsOf[unit]),
    durationUnit: unit,
  }
}

/** What is to stand as the threshold once another metric is chosen. */
export function thresholdAfter(
  threshold: string,
  before: ComparableFigure,
  now: ComparableFigure,
): string {
  const unit = unitOf(now)
  return unitOf(before) === unit ? threshold : usualThresholds[unit]
}

export type WrongField = 'threshold' | 'duration' | 'label' | 'container' | 'name'

/**
 * The rule that is meant, or which fields keep it from being one.
 *
 * @param nameOf What a rule is called that nobody gave a name.
 */
export function draftOf(
  form: RuleForm,
  nameOf: (rule: AlertRuleDraft) => string,
): { rule: AlertRuleDraft | null; wrong: ReadonlySet<WrongField> } {
  const { name, metric, comparison, container, label, enabled } = form
  const typed = {
    ...{ name: 'a', metric, comparison, container, label, enabled },
    threshold: numberOf(form.threshold) * typedUnits[unitOf(metric)].size,
    forSeconds: Math.round(numberOf(form.duration) * secondsOf[form.durationUnit]),
  }
  const unnamed = alertRuleDraft.safeParse(typed)
  if (!unnamed.success) {
    return { rule: null, wrong: new Set(unnamed.error.issues.map(({ path }) => fieldOf(path[0]))) }
  }
  const given = name.trim() === '' ? nameOf(unnamed.data).slice(0, 100) : name
  const named = alertRuleDraft.safeParse({ ...typed, name: given })
  return named.success
    ? { rule: named.data, wrong: new Set() }
    : { rule: null, wrong: new Set(['name']) }
}

function fieldOf(key: PropertyKey | undefined): WrongField {
  if (key === 'forSeconds') return 'duration'
  return key === 'threshold' || key === 'label' || key === 'container' ? key : 'name'
}

/** Takes a decimal comma too; NaN for what is no number. */
function numberOf(text: string): number {
  const trimmed = text.trim()
  return trimmed === '' ? Number.NaN : Number(trimmed.replace(',', '.'))
}
