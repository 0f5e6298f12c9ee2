import { useRoute, useRouter } from 'vue-router'
import type { Container } from '../../preload/contract/containers'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useTerminals, type Way } from './store'

/** Opens terminals and closes them, wherever that is asked for. */
export function useTerminalActions() {
  const { t } = useWords()
  const route = useRoute()
  const router = useRouter()
  const toasts = useToasts()
  const store = useTerminals()

  /** Where a container's terminals are: on the page of them, if that is open, or in its details. */
  async function show(containerId: string): Promise<void> {
    if (route.name === 'terminals' && route.params.id === containerId) return
    const query = { ...(route.name === 'containers' && route.query), tab: 'terminal' }
    await router.push({ path: `/containers/${containerId}`, query })
  }

  async function open({ id }: Pick<Container, 'id'>, way: Way): Promise<void> {
    try {
      await store.open(id, way)
      await show(id)
    } catch (error) {
      toasts.problem(error)
    }
  }

  async function close(terminalId: string): Promise<void> {
    try {
      const goesOn = await store.close(terminalId)
      if (goesOn === 'program') {
        toasts.show({ tone: 'warning', text: t('terminals.goesOn.program') })
      } else if (goesOn === 'main-process') {
        toasts.show({ tone: 'info', text: t('terminals.goesOn.mainProcess') })
      }
    } catch (error) {
      toasts.problem(error)
    }
  }

  async function goTo(containerId: string, terminalId: string): Promise<void> {
    store.choose(containerId, terminalId)
    await show(containerId)
  }

  return {
    open,
    openShell: (container: Container) => open(container, { kind: 'exec' }),
    attach: (container: Container) => open(container, { kind: 'attach' }),
    close,
    goTo,
  }
}
