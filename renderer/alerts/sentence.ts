import type { AlertRuleDraft } from '../../preload/contract/alerts'
import { duration } from '../format'
import type { useWords } from '../words'
import { figureText } from './figures'

type Translate = ReturnType<typeof useWords>['t']
type Condition = Pick<AlertRuleDraft, 'metric' | 'comparison' | 'threshold' | 'forSeconds'>

/** `CPU above 80% for 2 min`. */
export function conditionText(t: Translate, rule: Condition): string {
  const { metric, comparison, threshold, forSeconds } = rule
  const condition = t(`alerts.sentence.${comparison}`, {
    metric: t(`alerts.metrics.${metric}`),
    threshold: figureText(metric, threshold),
  })
  if (forSeconds === 0) return condition
  return t('alerts.sentence.for', { condition, duration: wholeSeconds(forSeconds) })
}

/** `CPU above 80% for 2 min, containers named web-* with the label tier=front`. */
export function ruleText(
  t: Translate,
  rule: Condition & Pick<AlertRuleDraft, 'container' | 'label'>,
): string {
  const condition = conditionText(t, rule)
  const { container: pattern, label } = rule
  if (pattern !== '') {
    return label === ''
      ? t('alerts.sentence.named', { condition, pattern })
      : t('alerts.sentence.namedWithLabel', { condition, pattern, label })
  }
  return label === ''
    ? t('alerts.sentence.every', { condition })
    : t('alerts.sentence.everyWithLabel', { condition, label })
}

/** Without the decimal that measured times have. */
const wholeSeconds = (seconds: number) =>
  seconds < 10 ? `${seconds} s` : duration(seconds * 1_000)
