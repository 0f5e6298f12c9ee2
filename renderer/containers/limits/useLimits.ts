import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { Container } from '../../../preload/contract/containers'
import type { Problem } from '../../../preload/contract/errors'
import {
  limitProblems,
  type ContainerLimits,
  type LimitChanges,
  type LimitField,
  type LimitProblem,
} from '../../../preload/contract/limits'
import { useApi } from '../../api'
import { engineProduct } from '../../engines/states'
import { useEngines } from '../../engines/store'
import { toProblem } from '../../problems'
import { useStats } from '../../stats/store'
import { valueOf } from '../../stats/values'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { formerOf, formOf, readForm, type LimitsForm } from './form'
import { changesText, hintOf, problemText } from './sentences'
import { useLimitsDialog } from './useLimitsDialog'

/** What stands below a field. */
export interface FieldNotes {
  hint?: string | undefined
  /** It may not be meant. */
  warning?: string | undefined
  /** It would be refused. */
  error?: string | undefined
}

/**
 * New limits for one container: judged while they are typed, by what it uses meanwhile, then set, with
 * a way back.
 *
 * @param limits Those in force when the form was opened.
 * @param done Called when they are set.
 */
export function useLimits(container: Container, limits: ContainerLimits, done: () => void) {
  const api = useApi()
  const engines = useEngines()
  const stats = useStats()
  const dialog = useLimitsDialog()
  const toasts = useToasts()
  const { t } = useWords()

  const form = reactive(formOf(limits.limits))
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  const now = computed(() => ({ ...limits, use: useOf(container.id) ?? limits.use }))
  const reading = computed(() => readForm(form, limits.limits))
  const problems = shallowRef<readonly LimitProblem[]>([])
  // By what it uses at that moment, and not at every tick: what is read aloud would never end.
  watch(reading, ({ changes }) => (problems.value = limitProblems(now.value, changes)))
  const engine = computed(() => {
    const { kind = null, version = null } = engines.current ?? {}
    return {
      name: engineProduct({ kind, version: null }),
      product: engineProduct({ kind, version }),
    }
  })
  const ready = computed(
    () =>
      Object.keys(reading.value.changes).length > 0 &&
      reading.value.misread.size === 0 &&
      problems.value.every(({ severity }) => severity === 'warning'),
  )

  function useOf(id: string): ContainerLimits['use'] | null {
    const latest = stats.latest.get(id)
    if (!latest) return null
    return {
      cpuPercent: valueOf(latest, 'cpuPercent'),
      memoryBytes: valueOf(latest, 'memoryBytes'),
      memoryAnonymousBytes: valueOf(latest, 'memoryAnonymousBytes'),
      processes: valueOf(latest, 'processes'),
    }
  }

  function notesOf(field: LimitField): FieldNotes {
    const misread = misreadOf(field)
    const told = (severity: 'error' | 'warning') => {
      const found = problems.value.find((one) => one.field === field && one.severity === severity)
      return found && problemText(found, t)
    }
    const { changes } = reading.value
    const hint = hintOf(field, { now: now.value, changes, engine: engine.value.name }, t)
    return { hint: hint || undefined, warning: told('warning'), error: misread ?? told('error') }
  }

  function misreadOf(field: keyof LimitsForm): string | undefined {
    const reason = reading.value.misread.get(field)
    return reason && t(`containers.limits.problems.${reason}`)
  }

  async function apply(): Promise<void> {
    const engineId = engines.currentId
    if (!ready.value || busy.value || engineId === null) return
    const { changes } = reading.value
    busy.value = true
    problem.value = null
    try {
      const warnings = await send(engineId, changes)
      toasts.show({
        tone: warnings.length > 0 ? 'warning' : 'good',
        text: t('containers.limits.changed', {
          name: container.name,
          limits: changesText(changes, limits, t),
        }),
        hint: warnings.join(' ') || undefined,
        action: {
          label: t('containers.limits.undo'),
          run: () => undo(engineId, formerOf(changes, limits.limits)),
        },
      })
      done()
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      busy.value = false
    }
  }

  async function undo(engineId: string, former: LimitChanges): Promise<void> {
    try {
      await send(engineId, former)
      const text = t('containers.limits.restored', { name: container.name })
      toasts.show({ tone: 'good', text })
    } catch (error) {
      toasts.problem(error)
    }
  }

  async function send(engineId: string, changes: LimitChanges): Promise<string[]> {
    const { warnings } = await api.containers.update({ engineId, id: container.id, changes })
    dialog.noteChange()
    return warnings
  }

  return { form, notesOf, misreadOf, engine, ready, busy, problem, apply }
}
