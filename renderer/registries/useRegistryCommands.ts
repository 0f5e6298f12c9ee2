import { FolderSearch, LogIn, Search } from '@lucide/vue'
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { useRegistryDialogs } from './dialogs'
import { useRegistryMenu } from './useRegistryMenu'
import { registryPath } from './paths'

/** Offers in the palette what the registries page can do, also with the registry that is shown. */
export function useRegistryCommands(shown: () => string | undefined): void {
  const { t } = useWords()
  const router = useRouter()
  const dialogs = useRegistryDialogs()
  const menuOf = useRegistryMenu()
  const open = (host: string) => router.push(registryPath(host))

  useCommands(
    computed<Command[]>(() => {
      const host = shown()
      return [
        {
          id: 'registries-log-in',
          label: t('registries.add'),
          icon: LogIn,
          run: () => dialogs.show('log-in'),
        },
        {
          id: 'registries-browse',
          label: t('registries.browse.button'),
          icon: FolderSearch,
          run: () => dialogs.show('browse'),
        },
        {
          id: 'registries-hub',
          label: t('registries.hub.open'),
          icon: Search,
          run: () => open('docker.io'),
        },
        ...(host === undefined ? [] : menuOf(host)).map(({ id, label, icon, run }) => ({
          id: `registries-${id}`,
          label,
          run,
          ...(icon && { icon }),
        })),
      ]
    }),
  )
}
