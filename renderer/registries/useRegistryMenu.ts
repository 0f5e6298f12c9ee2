import { LogIn, LogOut, Server, Settings2 } from '@lucide/vue'
import { helpersThatLogIn } from '../../preload/contract/registries'
import type { MenuItem } from '../ui/menu'
import { useWords } from '../words'
import { useRegistryDialogs } from './dialogs'
import { useLogOut } from './login/useLogOut'
import { useRegistries } from './store'

/** What can be done with a registry, beside looking into it. */
export function useRegistryMenu() {
  const { t } = useWords()
  const registries = useRegistries()
  const dialogs = useRegistryDialogs()
  const logOut = useLogOut()

  return function menuOf(host: string): MenuItem[] {
    const login = registries.loginOf(host)
    const into: MenuItem = {
      id: 'log-in',
      label: t('registries.logInTo', { host }),
      icon: LogIn,
      run: () => dialogs.show('log-in', host),
    }
    // What a cloud's helper makes by itself cannot be taken away.
    const out: MenuItem[] =
      login === null || helpersThatLogIn.has(login.helper ?? '')
        ? []
        : [
            {
              id: 'log-out',
              label: t('registries.logOutFrom', { host }),
              icon: LogOut,
              run: () => logOut(login),
            },
          ]
    return [
      into,
      ...out,
      {
        id: 'settings',
        label: t('registries.settings.open', { host }),
        icon: Settings2,
        separatorBefore: true,
        run: () => dialogs.show('settings', host),
      },
      {
        id: 'engine-setup',
        label: t('registries.engineSetup.open', { host }),
        icon: Server,
        run: () => dialogs.show('engine-setup', host),
      },
    ]
  }
}
