import { computed, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { toProblem } from '../problems'
import { useWords } from '../words'
import { draftOf, formOf, thresholdAfter, type RuleForm } from './ruleForm'
import { conditionText } from './sentence'
import { useAlerts } from './store'
import { blankRule } from './templates'

/** The form of the rule that is edited: what is typed, what it means, and what main said to it. */
export function useRuleForm() {
  const alerts = useAlerts()
  const { t } = useWords()
  const form = ref<RuleForm>(formOf(blankRule))
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  watch(
    () => alerts.edited,
    (edited) => {
      if (edited) form.value = formOf(edited)
      problem.value = null
    },
    { immediate: true },
  )

  const meant = computed(() => draftOf(form.value, (rule) => conditionText(t, rule)))
  const rule = computed(() => meant.value.rule)
  const wrong = computed(() => meant.value.wrong)

  function chooseMetric(metric: RuleForm['metric']): void {
    const { threshold, metric: before } = form.value
    form.value = { ...form.value, metric, threshold: thresholdAfter(threshold, before, metric) }
  }

  /** Closes the form once main has kept the rule. */
  async function save(): Promise<void> {
    const { edited } = alerts
    if (!edited || !rule.value || busy.value) return
    busy.value = true
    problem.value = null
    try {
      await alerts.save({ ...rule.value, ...(edited.id !== undefined && { id: edited.id }) })
      alerts.edited = null
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      busy.value = false
    }
  }

  return { form, rule, wrong, busy, problem, chooseMetric, save }
}
