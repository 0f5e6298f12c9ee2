import { watch } from 'vue'
import type { AlertEvent, AlertOpened } from '../../preload/contract/alerts'
import { useApi } from '../api'
import { useLiveStream } from '../live'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { figureText } from './figures'
import { conditionText } from './sentence'
import { useAlerts } from './store'
import { useDesktopNotifications } from './useDesktopNotifications'
import { useOpenCharts } from './useOpenCharts'

/** More alerts at once are told in one message. */
const mostSingle = 3

/**
 * Tells of alerts wherever the person is: on the desktop where main leaves that to the page and the
 * browser allows it, else as a message over the page. Also opens what main's notification was clicked for.
 */
export function useAlertNotices(): void {
  const api = useApi()
  const alerts = useAlerts()
  const desktop = useDesktopNotifications()
  const toasts = useToasts()
  const { open } = useOpenCharts()
  const { t } = useWords()

  useLiveStream<AlertOpened>({
    subscribe: (signal) => api.alerts.opened(undefined, { signal }),
    receive: open,
  })

  let seen: ReadonlySet<string> | null = null
  watch(
    () => (alerts.loaded ? alerts.recent : null),
    (recent) => {
      if (!recent) return
      const before = seen
      seen = new Set(recent.map(keyOf))
      // What was raised before this page came is no news.
      if (!before || alerts.notifiedBy === 'main') return
      tell(recent.filter((event) => event.kind === 'raised' && !before.has(keyOf(event))))
    },
    { immediate: true },
  )

  function tell(raised: readonly AlertEvent[]): void {
    if (raised.length <= mostSingle) {
      for (const event of raised) show(event, event.ruleName, bodyOf(event))
      return
    }
    const [first] = raised
    const names = [...new Set(raised.map(({ containerName }) => containerName))].join(', ')
    if (first) show(first, t('alerts.notice.several', raised.length), names)
  }

  function show(event: AlertEvent, title: string, body: string): void {
    const openCharts = () => open(event)
    if (desktop.show(keyOf(event), title, body, openCharts)) return
    const action = { label: t('alerts.more'), run: openCharts }
    toasts.show({ tone: 'warning', text: title, hint: body, action })
  }

  function bodyOf({ ruleId, containerName, metric, value }: AlertEvent): string {
    const rule = alerts.rules.find(({ id }) => id === ruleId)
    if (!rule || value === null) return containerName
    return t('alerts.notice.text', {
      container: containerName,
      figure: figureText(metric, value),
      condition: conditionText(t, rule),
    })
  }
}

function keyOf({ kind, at, ruleId, engineId, containerId }: AlertEvent): string {
  return `${kind} ${at} ${ruleId} ${engineId} ${containerId}`
}
