import { ArrowDownToLine, Hammer } from '@lucide/vue'
import { computed } from 'vue'
import type { Image } from '../../preload/contract/images'
import { useBuildDialog } from '../builds/dialog'
import { useCommands, type Command } from '../shell/commands'
import { useWords } from '../words'
import { useImageDialogs } from './dialogs/store'
import { imageName } from './names'
import { useImageActions } from './useImageActions'

/** Offers in the palette what the images page can do: with the image that is open, and with all. */
export function useImageCommands(shown: () => Image | undefined): void {
  const { t } = useWords()
  const dialogs = useImageDialogs()
  const builds = useBuildDialog()
  const { menuOf } = useImageActions()

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
      const image = shown()
      if (image === undefined) return [pull, build]
      const detail = imageName(image)
      const ofImage = menuOf(image)
        .filter(({ disabled }) => disabled !== true)
        .map(({ id, label, icon, run }) => ({
          id: `images-${id}`,
          label,
          detail,
          run,
          ...(icon && { icon }),
        }))
      return [pull, build, ...ofImage]
    }),
  )
}
