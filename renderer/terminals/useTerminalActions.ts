import { useRoute, useRouter } from 'vue-router'
import type { Container } from '../../preload/contract/containers'
import { toProblem } from '../problems'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useTerminalDialogs } from './dialogs'
import { useTerminals, type Way } from './store'

/** Opens terminals and closes them, wherever that is asked for. */
export function useTerminalActions() {
  const { t } = useWords()
  const route = useRoute()
  const router = useRouter()
  const toasts = useToasts()
  const store = useTerminals()
  const dialogs = useTerminalDialogs()

  /** Where a container's terminals are: on the page of them, if that is open, or in its details. */
  async function show(containerId: string): Promise<void> {
    if (route.name === 'terminals' && route.params.id === containerId) return
    const query = { ...(route.name === 'containers' && route.query), tab: 'terminal' }
    await router.push({ path: `/containers/${containerId}`, query })
  }

  /** Whether it stands; a debug shell that has to be agreed to is asked for in its dialog. */
  async function open(container: Container, way: Way): Promise<boolean> {
    try {
      await store.open(container.id, way)
      await show(container.id)
      return true
    } catch (error) {
      const isAsked = toProblem(error).code === 'confirmation-needed'
      if (isAsked && way.kind === 'debug') dialogs.debug(container, way)
      else toasts.problem(error)
      return false
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
