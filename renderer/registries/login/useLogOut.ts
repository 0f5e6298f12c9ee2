import type { Registry } from '../../../preload/contract/registries'
import { useConfirm } from '../../ui/useConfirm'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { useRegistries } from '../store'

/** Forgets a registry's password, after asking. */
export function useLogOut() {
  const registries = useRegistries()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useWords()

  return async function logOut(registry: Registry): Promise<void> {
    const { host } = registry
    const shared = registry.source !== 'longshore'
    const { confirmed } = await confirm({
      title: t('registries.logOutTitle', { host }),
      body: t(shared ? 'registries.logOutShared' : 'registries.logOutOwn'),
      confirmLabel: t('registries.logOut'),
      danger: true,
    })
    if (!confirmed) return
    try {
      await registries.logOut(host)
      toasts.show({ tone: 'good', text: t('registries.loggedOutOf', { host }) })
    } catch (error) {
      toasts.problem(error)
    }
  }
}
