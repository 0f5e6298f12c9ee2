import { computed } from 'vue'
import { useWords } from '../words'
import { labelled } from './labels'
import { useTerminals } from './store'

/** The terminals of one container as tabs, and the one that is shown: chosen last, or opened last. */
export function useContainerTerminals(containerId: () => string) {
  const { t } = useWords()
  const store = useTerminals()

  const all = computed(() => labelled(store.ofContainer(containerId()), t))
  const tabs = computed(() => all.value.map(({ terminal: { id }, label }) => ({ id, label })))
  const one = computed(() => {
    const chosen = store.chosen.get(containerId())
    return all.value.find(({ terminal }) => terminal.id === chosen) ?? all.value.at(-1)
  })
  const current = computed({
    get: () => one.value?.terminal.id ?? '',
    set: (id: string) => store.choose(containerId(), id),
  })

  return {
    tabs,
    current,
    shown: computed(() => one.value?.terminal ?? null),
    label: computed(() => one.value?.label ?? ''),
    problem: computed(() => store.problem),
  }
}
