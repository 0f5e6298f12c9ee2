import type { AlertEvent, AlertOpened, AlertRule } from '../../preload/contract/alerts'
import { say } from '../../preload/contract/say'
import { figureText } from './figures'

/** More alerts than these at one moment are told in one notification. */
const MOST_SINGLE = 3
const MOST_NAMED = 5

export interface AlertNotification {
  title: string
  body: string
  /** Whose charts a click opens; of several, the first. */
  about: AlertOpened
}

/** What is said on the desktop about the alerts that one tick raised. */
export function notificationsOf(
  events: readonly AlertEvent[],
  rules: readonly AlertRule[],
): AlertNotification[] {
  const raised = events.filter(({ kind }) => kind === 'raised')
  const [first] = raised
  if (!first) return []
  if (raised.length <= MOST_SINGLE) return raised.map((event) => notificationOf(event, rules))
  const names = [...new Set(raised.map(({ containerName }) => containerName))]
  const named = names.slice(0, MOST_NAMED).join(', ')
  const more = names.length - MOST_NAMED
  return [
    {
      title: say`${raised.length} alerts`,
      body: more > 0 ? say`${named} and ${more} more` : named,
      about: subjectOf(first),
    },
  ]
}

function notificationOf(event: AlertEvent, rules: readonly AlertRule[]): AlertNotification {
  const { containerName, ruleName, metric, value, threshold } = event
  const rule = rules.find(({ id }) => id === event.ruleId)
  const figure = value === null ? '' : `: ${figureText(metric, value)}`
  const bound = figureText(metric, threshold)
  const limit = rule?.comparison === 'below' ? say`below ${bound}` : say`above ${bound}`
  const lasting =
    rule && rule.forSeconds > 0 ? say`${limit} for ${spanText(rule.forSeconds)}` : limit
  return {
    title: ruleName,
    body: `${containerName}${figure}, ${lasting}`,
    about: subjectOf(event),
  }
}

/** `45 s`, `2 min`, `1 h 30 min`. */
function spanText(seconds: number): string {
  const parts = [
    { count: Math.floor(seconds / 3_600), unit: 'h' },
    { count: Math.floor((seconds % 3_600) / 60), unit: 'min' },
    { count: seconds % 60, unit: 's' },
  ]
  return parts
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ')
}

function subjectOf({ engineId, containerId }: AlertEvent): AlertOpened {
  return { engineId, containerId }
}
