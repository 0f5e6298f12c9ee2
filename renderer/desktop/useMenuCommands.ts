import { until } from '@vueuse/core'
import { useRouter } from 'vue-router'
import type { MenuCommand } from '../../preload/contract/shellMessage'
import { useCommandStore } from '../shell/commands'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/** A page may have to be loaded before it offers its commands. */
const pageMillis = 10_000

/** Menu choices that are keys of the page. */
const keys: Partial<Record<MenuCommand, string>> = { palette: 'k', find: 'f' }

/** Runs what is chosen in the native menu: the palette's command of that id, or the page's own key. */
export function useMenuCommands(): (id: MenuCommand) => Promise<void> {
  const { t } = useWords()
  const router = useRouter()
  const store = useCommandStore()
  const toasts = useToasts()
  const offered = (id: MenuCommand) => store.commands.find((command) => command.id === id)

  return async (id) => {
    const key = keys[id]
    if (key !== undefined) {
      press(key)
      return
    }
    // These belong to the page of images.
    if (!offered(id) && id.startsWith('images-')) {
      await router.push('/images')
      await until(() => offered(id) !== undefined).toBe(true, { timeout: pageMillis })
    }
    const command = offered(id)
    if (command) await command.run()
    else toasts.show({ tone: 'info', text: t('desktop.notNow') })
  }
}

/** As if the person had pressed it with Ctrl where the focus is. */
function press(key: string): void {
  const target = document.activeElement ?? document.body
  const how = { key, ctrlKey: true, bubbles: true, cancelable: true }
  target.dispatchEvent(new KeyboardEvent('keydown', how))
}
