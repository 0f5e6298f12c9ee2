import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { containerName } from '../../preload/contract/base'
import type { Container } from '../../preload/contract/containers'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { toProblem } from '../problems'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { containerDialog } from './containerDialog'
import { useContainers } from './store'

/** Which container is being renamed. */
export const useRenameDialog = defineStore('containers-rename', containerDialog)

/** A new name for one container: checked while it is typed, then given. */
export function useRename(container: Container, done: () => void) {
  const api = useApi()
  const engines = useEngines()
  const store = useContainers()
  const toasts = useToasts()
  const { t } = useWords()

  const name = ref(container.name)
  const busy = ref(false)
  const refusal = ref('')

  const error = computed(() => {
    if (name.value === container.name) return refusal.value
    if (!containerName.safeParse(name.value).success) return t('containers.rename.invalid')
    const others = [...store.items.values()].filter(({ id }) => id !== container.id)
    if (others.some((other) => other.name === name.value)) return t('containers.rename.taken')
    return refusal.value
  })
  const ready = computed(() => error.value === '' && name.value !== container.name)

  async function save() {
    const engineId = engines.currentId
    if (!ready.value || engineId === null) return
    busy.value = true
    try {
      await api.containers.rename({ engineId, id: container.id, name: name.value })
      toasts.show({
        tone: 'good',
        text: t('containers.renamed', { before: container.name, after: name.value }),
      })
      done()
    } catch (failure) {
      const { message, engineMessage } = toProblem(failure)
      refusal.value = engineMessage ?? message
    } finally {
      busy.value = false
    }
  }

  function type(text: string) {
    refusal.value = ''
    name.value = text
  }

  return { name, type, error, ready, busy, save }
}
