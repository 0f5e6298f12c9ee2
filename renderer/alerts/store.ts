import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type {
  ActiveAlert,
  AlertEvent,
  AlertRule,
  AlertRuleDraft,
  AlertsMessage,
} from '../../preload/contract/alerts'
import { useApi } from '../api'
import { useLiveStream } from '../live'

/** The rules, what they say now, and what they said; main judges, whatever page is shown. */
export const useAlerts = defineStore('alerts', () => {
  const api = useApi()
  const message = shallowRef<AlertsMessage | null>(null)
  /** The rule whose form is open: one without an id is new. Null: none is. */
  const edited = shallowRef<(AlertRuleDraft & { id?: string }) | null>(null)

  const { problem } = useLiveStream<AlertsMessage>({
    subscribe: (signal) => api.alerts.watch(undefined, { signal }),
    receive: (next) => (message.value = next),
  })

  const loaded = computed(() => message.value !== null)
  const rules = computed((): readonly AlertRule[] => message.value?.rules ?? [])
  const active = computed((): readonly ActiveAlert[] => message.value?.active ?? [])
  const recent = computed((): readonly AlertEvent[] => message.value?.recent ?? [])
  const notifiedBy = computed(() => message.value?.notifiedBy ?? null)

  const save = (rule: AlertRuleDraft & { id?: string }) => api.alerts.save(rule)
  const remove = (id: string) => api.alerts.remove({ id })
  const clearRecent = () => api.alerts.clearRecent()

  return {
    ...{ loaded, rules, active, recent, notifiedBy, problem, edited },
    ...{ save, remove, clearRecent },
  }
})
