import { ArrowDownToLine, Copy, Files, Trash2 } from '@lucide/vue'
import { useClipboard } from '@vueuse/core'
import { useApi } from '../../api'
import { useCopyDialog } from '../../copies/dialog'
import { useEngines } from '../../engines/store'
import { useImageDialogs } from '../../images/dialogs/store'
import type { MenuItem } from '../../ui/menu'
import { useConfirm } from '../../ui/useConfirm'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { referenceTo } from './typed'

/** What can be done with a tag, or with a digest, of a repository. */
export function useTagActions(
  where: { host: string; repository: string },
  onDeleted: (tags: readonly string[]) => void,
) {
  const { t } = useWords()
  const api = useApi()
  const engines = useEngines()
  const images = useImageDialogs()
  const copies = useCopyDialog()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { copy } = useClipboard({ legacy: true })
  const nameOf = (reference: string) => referenceTo(where.host, where.repository, reference)

  async function copyNames(references: readonly string[]): Promise<void> {
    try {
      await copy(references.map(nameOf).join('\n'))
      toasts.show({ tone: 'good', text: t('registries.tags.copied', references.length) })
    } catch (error) {
      toasts.problem(error)
    }
  }

  /** Deletes what a tag stands for, after naming every tag that goes with it. */
  async function remove(tag: string): Promise<void> {
    try {
      const { digest, tags, complete } = await api.registries.deletion({ ...where, tag })
      const sentences = [
        t('registries.deletion.body', { host: where.host }),
        ...(tags.length > 1 ? [t('registries.deletion.others', tags.length)] : []),
        ...(complete ? [] : [t('registries.deletion.incomplete')]),
      ]
      const { confirmed } = await confirm({
        title: t('registries.deletion.title', { name: nameOf(tag) }),
        body: sentences.join(' '),
        items: tags.map(nameOf),
        confirmLabel: t('registries.deletion.confirm', tags.length),
        danger: true,
      })
      if (!confirmed) return
      await api.registries.deleteTag({ ...where, tag, digest, tags })
      toasts.show({ tone: 'good', text: t('registries.deletion.done', tags.length) })
      onDeleted(tags)
    } catch (error) {
      toasts.problem(error)
    }
  }

  const pull = (reference: string) => images.pull(nameOf(reference))

  function menuOf(reference: string): MenuItem[] {
    const isTag = !reference.includes(':')
    return [
      {
        id: 'pull',
        label: t('registries.tags.pull'),
        icon: ArrowDownToLine,
        disabled: engines.currentId === null,
        run: () => pull(reference),
      },
      {
        id: 'copy',
        label: t('registries.tags.copy'),
        icon: Files,
        run: () => copies.show(nameOf(reference)),
      },
      {
        id: 'copy-name',
        label: t('registries.tags.copyName'),
        icon: Copy,
        run: () => copyNames([reference]),
      },
      ...(isTag
        ? [
            {
              id: 'delete',
              label: t('registries.tags.delete'),
              icon: Trash2,
              danger: true,
              separatorBefore: true,
              run: () => remove(reference),
            },
          ]
        : []),
    ]
  }

  return { menuOf, pull, copyNames, nameOf }
}
