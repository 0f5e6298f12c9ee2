import { until } from '@vueuse/core'
import { onScopeDispose, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { readShellMessage, type ShellMessage } from '../../preload/contract/shellMessage'
import { useContainers } from '../containers/store'
import { useEngines } from '../engines/store'
import { useImageDialogs } from '../images/dialogs/store'
import { plainName } from '../images/names'
import { useImages } from '../images/store'
import { useTerminalActions } from '../terminals/useTerminalActions'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useMenuCommands } from './useMenuCommands'

/** How long a list may take before what a link names counts as not there. */
const listMillis = 15_000

/**
 * Does in the page what the native menus, the tray and `longshore://` links ask for. They only show:
 * whatever changes anything is left to the person.
 */
export function useShellMessages(bridge = window.longshore): void {
  if (!bridge) return
  const { t } = useWords()
  const router = useRouter()
  const toasts = useToasts()
  const engines = useEngines()
  const containers = useContainers()
  const images = useImages()
  const imageDialogs = useImageDialogs()
  const terminals = useTerminalActions()
  const runCommand = useMenuCommands()

  const notHere = (name: string) =>
    toasts.show({ tone: 'warning', text: t('desktop.notHere', { name }) })

  /** The list is that of the engine that is shown now. */
  const listed = (list: { loaded: boolean }) =>
    until(() => list.loaded).toBe(true, { timeout: listMillis })

  async function showContainer(message: Extract<ShellMessage, { kind: 'container' }>) {
    const { engineId, idOrName, view } = message
    await router.push('/containers')
    if (engineId !== null) engines.select(engineId)
    await listed(containers)
    const found =
      containers.items.get(idOrName) ??
      [...containers.items.values()].find(({ name }) => name === idOrName)
    if (!found) return notHere(idOrName)
    if (view === 'terminal' && found.state === 'running') {
      await terminals.openShell(found)
      return
    }
    const query = view === 'overview' ? {} : { tab: view }
    await router.push({ path: `/containers/${found.id}`, query })
  }

  async function showImage(reference: string) {
    await router.push('/images')
    await listed(images)
    const wanted = plainName(reference)
    const found = [...images.items.values()].find(
      ({ id, references }) => id === reference || references.some((r) => plainName(r) === wanted),
    )
    if (!found) return notHere(reference)
    await router.push(`/images/${found.id}`)
  }

  async function act(message: ShellMessage): Promise<void> {
    switch (message.kind) {
      case 'command':
        return runCommand(message.id)
      case 'container':
        return showContainer(message)
      case 'engine':
        engines.select(message.engineId)
        await router.push('/containers')
        return
      case 'image':
        return showImage(message.reference)
      case 'pull':
        await router.push('/images')
        imageDialogs.pull(message.reference)
        return
      case 'bad-link':
        toasts.show({ tone: 'warning', text: t('desktop.badLink'), hint: t('desktop.badLinkHint') })
    }
  }

  // The first engines say whether there is one: before that, every page lacks it.
  const waiting = ref<ShellMessage[]>([])
  const stop = bridge.onCommand((value) => {
    const message = readShellMessage(value)
    if (message) waiting.value = [...waiting.value, message]
  })
  onScopeDispose(stop)
  watch([waiting, () => engines.loaded], async () => {
    if (!engines.loaded || waiting.value.length === 0) return
    const messages = waiting.value
    waiting.value = []
    for (const message of messages) await act(message).catch(toasts.problem)
  })
}
