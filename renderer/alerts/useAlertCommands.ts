import { Bell, BellOff, BellPlus } from '@lucide/vue'
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { ruleText } from './sentence'
import { useAlerts } from './store'
import { blankRule } from './templates'
import { useRuleActions } from './useRuleActions'

/** Rules by the command palette, on every page. */
export function useAlertCommands(): void {
  const alerts = useAlerts()
  const router = useRouter()
  const { setEnabled } = useRuleActions()
  const { t } = useWords()

  const add: Command = {
    id: 'alerts-new',
    label: t('alerts.newRule'),
    icon: BellPlus,
    async run() {
      await router.push('/alerts')
      alerts.edited = blankRule
    },
  }

  useCommands(
    computed(() => [
      add,
      ...alerts.rules.map((rule): Command => ({
        id: `alerts-${rule.id}`,
        label: t(rule.enabled ? 'alerts.disableRule' : 'alerts.enableRule', { name: rule.name }),
        icon: rule.enabled ? BellOff : Bell,
        detail: ruleText(t, rule),
        run: () => setEnabled(rule, !rule.enabled),
      })),
    ]),
  )
}
