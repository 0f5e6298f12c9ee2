import type { Image } from '../../preload/contract/images'
import type { LayerSharing } from '../../preload/contract/layers'
import { useApi } from '../api'
import { useContainers } from '../containers/store'
import { useInUse } from '../containers/users/useInUse'
import { useEngines } from '../engines/store'
import { bytes, shortId } from '../format'
import { useConfirm } from '../ui/useConfirm'
import { useOutcomeToasts } from '../ui/useOutcomeToasts'
import { useWords } from '../words'
import { imageName, noName } from './names'
import { planRemoval, type Removal } from './removal'
import { useSharing } from './useSharing'

/** The question waits so long at most for what it frees exactly, milliseconds. */
const sharingMillis = 2_000

/** Removes images, after saying which names go, what it frees and which images containers keep. */
export function useRemoveImages() {
  const api = useApi()
  const engines = useEngines()
  const containers = useContainers()
  const confirm = useConfirm()
  const tell = useOutcomeToasts()
  const readSharing = useSharing()
  const { t } = useWords()

  const inUse = useInUse('images')
  const stayingOf = ({ staying }: Removal) =>
    staying.map(({ image, users }) => ({ id: image.id, name: imageName(image), users }))

  /** Null where it cannot be told soon: the question is asked all the same. */
  async function sharingSoon(engineId: string): Promise<LayerSharing | null> {
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), sharingMillis)
    try {
      return await readSharing(engineId, waiting.signal)
    } catch {
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  function freesOf({ freed, bytes: all }: Removal): string {
    if (freed === null) return t('images.remove.frees', { bytes: bytes(all) })
    if (freed.keptBytes === 0) return t('images.remove.freesExactly', { bytes: bytes(freed.bytes) })
    const kept = bytes(freed.keptBytes)
    return t('images.remove.freesBeside', { bytes: bytes(freed.bytes), kept })
  }

  async function ask(plan: Removal): Promise<boolean> {
    const [first] = plan.going
    if (first === undefined) return false
    const sentences = [...inUse.besides(stayingOf(plan)), freesOf(plan)]
    const { confirmed } = await confirm({
      title: t('images.remove.title', { name: imageName(first) }, plan.going.length),
      body: sentences.join('\n'),
      items: [...plan.references, ...plan.dangling.map(({ id }) => `${noName} ${shortId(id)}`)],
      confirmLabel: t('images.remove.start'),
      danger: true,
    })
    return confirmed
  }

  return async function remove(images: readonly Image[]): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || images.length === 0) return
    const canGo = images.some(({ usedBy }) => usedBy.length === 0)
    const sharing = canGo ? await sharingSoon(engineId) : null
    const plan = planRemoval(images, containers.items, sharing)
    if (plan.going.length === 0) return inUse.explain(stayingOf(plan))
    if (!(await ask(plan))) return
    const ids = plan.going.map(({ id }) => id)
    const nameOf = (id: string) => {
      const image = images.find((candidate) => candidate.id === id)
      return image ? imageName(image) : shortId(id)
    }
    await tell(() => api.images.remove({ engineId, ids }), {
      nameOf,
      done: (name, count) => t('images.remove.done', { name }, count),
    })
  }
}
