import { FlaskConical, PackagePlus, SunMoon } from '@lucide/vue'
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useCreateContainer } from '../containers/create/useCreateContainer'
import { useEngines } from '../engines/store'
import { useSamples } from '../samples/useSamples'
import { useSettings } from '../settings/store'
import { useWords } from '../words'
import { useCommands, type Command } from './commands'
import { pages } from './pages'
import { useDistantCommands } from './useDistantCommands'
import { useObjectCommands } from './useObjectCommands'
import { pageShortcut } from './usePageKeys'

const themes = ['system', 'light', 'dark'] as const

/** The commands that are there on every page. */
export function useShellCommands() {
  const { t } = useWords()
  const router = useRouter()
  const engines = useEngines()
  const settings = useSettings()
  const samples = useSamples()
  const create = useCreateContainer()

  const goTo = pages.map((page, index): Command => {
    const shortcut = pageShortcut(index)
    return {
      id: `page-${page.id}`,
      label: t('shell.palette.goTo', { page: t(`shell.pages.${page.id}`) }),
      icon: page.icon,
      ...(shortcut !== undefined && { shortcut }),
      run: () => router.push(page.path),
    }
  })

  const chooseTheme = themes.map((theme): Command => ({
    id: `theme-${theme}`,
    label: t('shell.palette.theme', { theme: t(`shell.palette.themes.${theme}`) }),
    icon: SunMoon,
    run: () => settings.change({ theme }),
  }))

  const createContainer: Command = {
    id: 'containers-create',
    label: t('containers.create.action'),
    icon: PackagePlus,
    run: create.open,
  }

  const startSamples: Command = {
    id: 'samples-start',
    label: t('shell.palette.startSamples'),
    icon: FlaskConical,
    run: samples.start,
  }

  useCommands(
    computed(() => [
      ...goTo,
      ...(engines.current ? [createContainer, startSamples] : []),
      ...chooseTheme,
    ]),
  )
  useDistantCommands()
  useObjectCommands()
}
