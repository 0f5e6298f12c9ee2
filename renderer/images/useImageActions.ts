import {
  ArrowUpFromLine,
  Copy,
  FileOutput,
  Files,
  Pencil,
  Play,
  Tag,
  Trash2,
  Unlink,
} from '@lucide/vue'
import { useClipboard } from '@vueuse/core'
import type { Image } from '../../preload/contract/images'
import { useArchiveDialogs } from '../archives/dialogs'
import { useCreateContainer } from '../containers/create/useCreateContainer'
import { useCopyDialog } from '../copies/dialog'
import type { MenuItem } from '../ui/menu'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { useImageDialogs } from './dialogs/store'
import { useRemoveImages } from './useRemoveImages'

/** What a person can do with an image, as menus list it. */
export function useImageActions() {
  const dialogs = useImageDialogs()
  const archives = useArchiveDialogs()
  const copies = useCopyDialog()
  const create = useCreateContainer()
  const remove = useRemoveImages()
  const toasts = useToasts()
  const { copy } = useClipboard({ legacy: true })
  const { t } = useWords()

  const run = (image: Image) => create.openWithImage(image.references[0] ?? image.id)

  async function copyId(image: Image): Promise<void> {
    await copy(image.id)
    toasts.show({ tone: 'good', text: t('images.idCopied') })
  }

  function menuOf(image: Image): MenuItem[] {
    return [
      { id: 'run', label: t('images.actions.run'), icon: Play, run: () => run(image) },
      { id: 'tag', label: t('images.actions.tag'), icon: Tag, run: () => dialogs.tag(image) },
      {
        id: 'rename',
        label: t('images.rename.action'),
        icon: Pencil,
        disabled: image.references.length === 0,
        run: () => dialogs.rename(image),
      },
      {
        id: 'untag',
        label: t('images.actions.untag'),
        icon: Unlink,
        disabled: image.references.length === 0,
        run: () => dialogs.untag(image),
      },
      {
        id: 'push',
        label: t('images.actions.push'),
        icon: ArrowUpFromLine,
        run: () => dialogs.push(image),
      },
      {
        id: 'save',
        label: t('archives.save.action'),
        icon: FileOutput,
        run: () => archives.save([image]),
      },
      {
        id: 'copy-registry',
        label: t('copies.open'),
        icon: Files,
        disabled: image.references.length === 0,
        run: () => copies.show(image.references[0]),
      },
      { id: 'copy', label: t('images.actions.copyId'), icon: Copy, run: () => copyId(image) },
      {
        id: 'remove',
        label: t('images.actions.remove'),
        icon: Trash2,
        danger: true,
        separatorBefore: true,
        run: () => remove([image]),
      },
    ]
  }

  /** The menu of several chosen images. */
  function menuOfSeveral(images: readonly Image[]): MenuItem[] {
    return [
      {
        id: 'save',
        label: t('archives.save.actionSeveral', { count: images.length }),
        icon: FileOutput,
        run: () => archives.save(images),
      },
      {
        id: 'remove',
        label: t('images.actions.removeSeveral', { count: images.length }),
        icon: Trash2,
        danger: true,
        run: () => remove(images),
      },
    ]
  }

  return { menuOf, menuOfSeveral, remove, run }
}
