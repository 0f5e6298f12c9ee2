import { ArrowDownToLine, Hammer } from '@lucide/vue'
import { computed } from 'vue'
import type { Image } from '../../preload/contract/images'
import { useBuildDialog } from '../builds/dialog'
import { useCommands, type Command } from '../shell/commands'
import { menuCommands } from '../shell/menuCommands'
import { useWords } from '../words'
import { useImageDialogs } from './dialogs/store'
import { imageName } from './names'
import { useImageActions } from './useImageActions'
import { useImagesMenu } from './useImagesMenu'

/** Offers in the palette what the images page can do: with the image that is open, and with all. */
export function useImageCommands(shown: () => Image | undefined): void {
  const { t } = useWords()
  const dialogs = useImageDialogs()
  const builds = useBuildDialog()
  const { menuOf } = useImageActions()
  const menu = useImagesMenu()

  useCommands(
    computed<Command[]>(() => {
      const pull: Command = {
        id: 'images-pull',
        label: t('images.actions.pull'),
        icon: ArrowDownToLine,
        run: () => dialogs.pull(),
      }
      const build: Command = {
        id: 'images-build',
        label: t('builds.open'),
        icon: Hammer,
        run: () => builds.show(),
      }
      const ofAll = [pull, build, ...menuCommands('images', menu())]
      const image = shown()
      if (image === undefined) return ofAll
      return [...ofAll, ...menuCommands('images', menuOf(image), imageName(image))]
    }),
  )
}
