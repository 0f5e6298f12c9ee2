import { useRouter } from 'vue-router'
import type { DiskKind } from '../../../preload/contract/diskUsage'
import { usePruneDialog } from '../../images/prune/dialog'
import { useVolumeDialogs } from '../../volumes/dialogs/store'
import { useEngines } from '../store'

/** Ways from what was measured to where it is freed. The pages show one engine: it becomes the measured one. */
export function useUsageActions(engineId: () => string) {
  const router = useRouter()
  const engines = useEngines()
  const images = usePruneDialog()
  const volumes = useVolumeDialogs()

  function showEngine(): void {
    if (engines.currentId !== engineId()) engines.select(engineId())
  }

  async function goTo(path: string): Promise<void> {
    showEngine()
    await router.push(path)
  }

  const prunes: Partial<Record<DiskKind, () => Promise<void>>> = {
    async images() {
      await goTo('/images')
      images.show()
    },
    async volumes() {
      await goTo('/volumes')
      volumes.prune()
    },
  }

  return { showEngine, goTo, prunes }
}
