import { computed, ref } from 'vue'
import { useRouter } from 'vue-router'
import { useApi } from '../api'
import { useContainers } from '../containers/store'
import { useEngines } from '../engines/store'
import { useJobs } from '../jobs/store'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/** Four small containers with different loads, for a first look: runs them, and takes them away. */
export function useSamples() {
  const api = useApi()
  const engines = useEngines()
  const containers = useContainers()
  const jobs = useJobs()
  const confirm = useConfirm()
  const toasts = useToasts()
  const router = useRouter()
  const { t } = useWords()

  const asking = ref(false)
  /** The samples are being made. */
  const starting = computed(
    () =>
      asking.value ||
      jobs.running.some(
        ({ request }) => request.kind === 'samples' && request.engineId === engines.currentId,
      ),
  )
  /** The sample containers that are there. */
  const present = computed(() => [...containers.items.values()].filter(({ sample }) => sample))

  async function start(): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || starting.value) return
    asking.value = true
    try {
      await api.samples.start({ engineId })
      toasts.show({
        tone: 'info',
        text: t('samples.starting'),
        action: { label: t('samples.show'), run: () => router.push('/jobs') },
      })
    } catch (error) {
      toasts.problem(error)
    } finally {
      asking.value = false
    }
  }

  /** Removes them after asking. True if they are gone. */
  async function remove(): Promise<boolean> {
    const engineId = engines.currentId
    if (engineId === null) return false
    const { confirmed } = await confirm({
      title: t('samples.removeTitle'),
      body: t('samples.removeBody'),
      items: present.value.map(({ name }) => name),
      confirmLabel: t('samples.remove'),
      danger: true,
    })
    if (!confirmed) return false
    try {
      const { containers: count } = await api.samples.remove({ engineId })
      toasts.show({ tone: 'good', text: t('samples.removed', count) })
      return true
    } catch (error) {
      toasts.problem(error)
      return false
    }
  }

  return { starting, present, start, remove }
}
