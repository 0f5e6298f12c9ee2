import type { Volume } from '../../preload/contract/volumes'
import { useApi } from '../api'
import { useContainers } from '../containers/store'
import { useInUse } from '../containers/users/useInUse'
import { useEngines } from '../engines/store'
import { bytes } from '../format'
import { useConfirm } from '../ui/useConfirm'
import { useOutcomeToasts } from '../ui/useOutcomeToasts'
import { useWords } from '../words'
import { volumeName } from './names'
import { planVolumeRemoval, type VolumeRemoval } from './removal'

/** Removes volumes, after saying which go, what is lost with them and which ones containers keep. */
export function useRemoveVolumes() {
  const api = useApi()
  const engines = useEngines()
  const containers = useContainers()
  const confirm = useConfirm()
  const tell = useOutcomeToasts()
  const { t } = useWords()

  const inUse = useInUse('volumes')
  const stayingOf = ({ staying }: VolumeRemoval) =>
    staying.map(({ volume, users }) => ({ id: volume.id, name: volumeName(volume), users }))

  function lossOf({ going, bytes: taken, unmeasured }: VolumeRemoval): string {
    if (unmeasured === going.length) return t('volumes.remove.lost', going.length)
    const text = t('volumes.remove.lostBytes', { bytes: bytes(taken) }, going.length)
    return unmeasured === 0 ? text : `${text} ${t('volumes.prune.someUnmeasured', unmeasured)}`
  }

  async function ask(plan: VolumeRemoval): Promise<boolean> {
    const [first] = plan.going
    if (first === undefined) return false
    const { confirmed } = await confirm({
      title: t('volumes.remove.title', { name: volumeName(first) }, plan.going.length),
      body: [...inUse.besides(stayingOf(plan)), lossOf(plan)].join('\n'),
      items: plan.going.map(({ id }) => id),
      confirmLabel: t('volumes.remove.start'),
      danger: true,
    })
    return confirmed
  }

  return async function remove(volumes: readonly Volume[]): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || volumes.length === 0) return
    const plan = planVolumeRemoval(volumes, containers.items)
    if (plan.going.length === 0) return inUse.explain(stayingOf(plan))
    if (!(await ask(plan))) return
    const ids = plan.going.map(({ id }) => id)
    const nameOf = (id: string) => {
      const volume = volumes.find((candidate) => candidate.id === id)
      return volume ? volumeName(volume) : id
    }
    await tell(() => api.volumes.remove({ engineId, ids }), {
      nameOf,
      done: (name, count) => t('volumes.remove.done', { name }, count),
    })
  }
}
