import { alertRuleDraft, type AlertRule } from '../../preload/contract/alerts'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useAlerts } from './store'

/** What is done to a rule without its form. */
export function useRuleActions() {
  const alerts = useAlerts()
  const toasts = useToasts()
  const { t } = useWords()

  async function told(work: Promise<unknown>): Promise<boolean> {
    try {
      await work
      return true
    } catch (error) {
      toasts.problem(error)
      return false
    }
  }

  const setEnabled = (rule: AlertRule, enabled: boolean) => told(alerts.save({ ...rule, enabled }))

  /** Without a question: it can be undone. */
  async function remove(rule: AlertRule): Promise<void> {
    if (!(await told(alerts.remove(rule.id)))) return
    const draft = alertRuleDraft.parse(rule)
    toasts.show({
      tone: 'info',
      text: t('alerts.deleted', { name: rule.name }),
      action: { label: t('alerts.undo'), run: () => told(alerts.save(draft)) },
    })
  }

  const clearRecent = () => told(alerts.clearRecent())

  return { setEnabled, remove, clearRecent }
}
