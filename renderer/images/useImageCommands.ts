import { ArrowDownToLine, Hammer } from '@lucide/vue'
import { computed } from 'vue'
import type { Image } from '../../preload/contract/images'
import { useBuildDialog } from '../builds/dialog'
import { useCommands, type Command } from '../shell/commands'
import type { MenuItem } from '../ui/menu'
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
      const ofAll = [pull, build, ...menu().map((item) => commandOf(item))]
      const image = shown()
      if (image === undefined) return ofAll
      const detail = imageName(image)
      const ofImage = menuOf(image)
        .filter(({ disabled }) => disabled !== true)
        .map((item) => commandOf(item, detail))
      return [...ofAll, ...ofImage]
    }),
  )
}

function commandOf({ id, label, icon, run }: MenuItem, detail?: string): Command {
  return {
    id: `images-${id}`,
    label,
    run: () => void run(),
    ...(detail !== undefined && { detail }),
    ...(icon && { icon }),
  }
}
