import type { Container } from '../../preload/contract/containers'
import { useApi } from '../api'
import { useConfirm, type Question } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { changedBy } from './actions'
import { describeRemoval } from './removal'
import { useContainerActions } from './useContainerActions'

/** Removes containers, after saying exactly what goes and what stays. */
export function useRemoveContainers() {
  const api = useApi()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { perform } = useContainerActions()
  const { t } = useWords()

  function question(containers: readonly Container[]): Question {
    const { alive, namedVolumes, anonymousVolumes } = describeRemoval(containers)
    const count = containers.length
    const name = containers[0]?.name ?? ''
    const sentences = [
      t('containers.remove.body', count),
      alive.length > 0 &&
        (count === 1
          ? t('containers.remove.force')
          : t('containers.remove.forceSome', alive.length)),
      namedVolumes.length > 0 &&
        t('containers.remove.named', { names: namedVolumes.join(', ') }, namedVolumes.length),
    ]
    return {
      title: t('containers.remove.title', { name }, count),
      body: sentences.filter(Boolean).join('\n'),
      ...(count > 1 && {
        items: containers.map((container) =>
          alive.includes(container)
            ? `${container.name} (${t('containers.remove.running')})`
            : container.name,
        ),
      }),
      confirmLabel: t(
        alive.length > 0 ? 'containers.remove.confirmForce' : 'containers.remove.confirm',
      ),
      danger: true,
      ...(anonymousVolumes.length > 0 && {
        option: { label: t('containers.remove.option', anonymousVolumes.length), default: true },
      }),
    }
  }

  return async function remove(chosen: readonly Container[]): Promise<void> {
    const containers = changedBy('remove', chosen).toSorted((a, b) => a.name.localeCompare(b.name))
    if (containers.length === 0) return
    const { confirmed, option } = await confirm(question(containers))
    if (!confirmed) return
    const force = describeRemoval(containers).alive.length > 0
    const removed = await perform('remove', containers, (ids, engineId) =>
      api.containers.remove({ engineId, ids, force, removeAnonymousVolumes: option }),
    )
    if (removed.length === 0) return
    const name = containers.find(({ id }) => id === removed[0])?.name ?? ''
    toasts.show({ tone: 'good', text: t('containers.removed', { name }, removed.length) })
  }
}
