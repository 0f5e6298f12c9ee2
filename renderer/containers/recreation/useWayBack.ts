import { useRoute, useRouter } from 'vue-router'
import type { Container } from '../../../preload/contract/containers'
import { useApi } from '../../api'
import { useConfirm } from '../../ui/useConfirm'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'

/** One container that took the place of another. */
export interface Succession {
  engineId: string
  /** The name that both have had. */
  name: string
  id: string
  keptId: string
}

/** Going back to the container that was kept, or giving that up. */
export function useWayBack() {
  const api = useApi()
  const confirm = useConfirm()
  const toasts = useToasts()
  const route = useRoute()
  const router = useRouter()
  const { t } = useWords()

  /** The details that are open follow the container from one id to the next. */
  async function follow(from: string, to: string): Promise<void> {
    if (route.path !== `/containers/${from}`) return
    await router.replace({ path: `/containers/${to}`, query: route.query })
  }

  async function undo({ engineId, name, id, keptId }: Succession): Promise<void> {
    try {
      await api.containers.undoRecreation({ engineId, id, keptId })
      await follow(id, keptId)
      toasts.show({ tone: 'good', text: t('containers.recreation.undone', { name }) })
    } catch (error) {
      toasts.problem(error)
    }
  }

  async function goBack(succession: Succession): Promise<void> {
    const { confirmed } = await confirm({
      title: t('containers.recreation.goBackTitle', { name: succession.name }),
      body: t('containers.recreation.goBackBody'),
      confirmLabel: t('containers.recreation.goBackConfirm'),
      danger: true,
    })
    if (confirmed) await undo(succession)
  }

  /** Its volumes stay, those without a name too: the new container uses them. */
  async function removeKept(engineId: string, { id, name }: Container): Promise<void> {
    const { confirmed } = await confirm({
      title: t('containers.recreation.removeKeptTitle', { name }),
      body: t('containers.recreation.removeKeptBody'),
      confirmLabel: t('containers.recreation.removeKeptConfirm'),
      danger: true,
    })
    if (!confirmed) return
    try {
      const { outcomes } = await api.containers.remove({ engineId, ids: [id] })
      const problem = outcomes.find((outcome) => outcome.problem)?.problem
      if (problem) toasts.show({ tone: 'bad', text: problem.message, hint: problem.hint })
      else toasts.show({ tone: 'good', text: t('containers.recreation.keptRemoved', { name }) })
    } catch (error) {
      toasts.problem(error)
    }
  }

  return { undo, goBack, removeKept, follow }
}
