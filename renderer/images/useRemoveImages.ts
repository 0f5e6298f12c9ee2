import type { Container } from '../../preload/contract/containers'
import type { Image } from '../../preload/contract/images'
import { useApi } from '../api'
import { useContainers } from '../containers/store'
import { useEngines } from '../engines/store'
import { bytes, shortId } from '../format'
import { useConfirm } from '../ui/useConfirm'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { imageName, noName } from './names'
import { planRemoval, type Removal } from './removal'

const namesOf = (containers: readonly Container[]) => containers.map(({ name }) => name).join(', ')

/** Removes images, after saying which names go, what it frees and which containers stand on them. */
export function useRemoveImages() {
  const api = useApi()
  const engines = useEngines()
  const containers = useContainers()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useWords()

  function sentences(plan: Removal): string {
    const parts = [t('images.remove.frees', { bytes: bytes(plan.bytes) })]
    if (plan.runningUsers.length > 0) {
      parts.push(t('images.remove.runningUsers', { names: namesOf(plan.runningUsers) }))
    }
    if (plan.stoppedUsers.length > 0) {
      parts.push(t('images.remove.stoppedUsers', { names: namesOf(plan.stoppedUsers) }))
    }
    return parts.join('\n')
  }

  function ask(images: readonly Image[], plan: Removal) {
    const [first] = images
    const alone = images.length === 1 && first !== undefined
    return confirm({
      title: alone
        ? t('images.remove.title', { name: imageName(first) })
        : t('images.remove.titleSeveral', { count: images.length }),
      body: sentences(plan),
      items: [...plan.references, ...plan.dangling.map(({ id }) => `${noName} ${shortId(id)}`)],
      confirmLabel: t('images.remove.start'),
      danger: true,
      ...(plan.stoppedUsers.length > 0 && {
        option: { label: t('images.remove.force'), default: false },
      }),
    })
  }

  return async function remove(images: readonly Image[]): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || images.length === 0) return
    const { confirmed, option } = await ask(images, planRemoval(images, containers.items))
    if (!confirmed) return
    try {
      const ids = images.map(({ id }) => id)
      const { outcomes } = await api.images.remove({ engineId, ids, force: option })
      const removed = outcomes.filter(({ problem }) => problem === undefined).length
      if (removed > 0) toasts.show({ tone: 'good', text: t('images.remove.done', removed) })
      for (const { id, problem } of outcomes) {
        if (problem === undefined) continue
        const image = images.find((candidate) => candidate.id === id)
        toasts.show({
          tone: 'bad',
          text: `${image ? imageName(image) : shortId(id)}: ${problem.message}`,
          hint: problem.hint,
        })
      }
    } catch (error) {
      toasts.problem(error)
    }
  }
}
