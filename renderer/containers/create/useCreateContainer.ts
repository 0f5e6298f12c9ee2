import { useRouter } from 'vue-router'
import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import { useToasts } from '../../ui/useToasts'
import { loadCreateDraft } from './loadCreateDraft'

/** Opens the page where a container is put together: as it was left, with an image, or filled in. */
export function useCreateContainer() {
  const router = useRouter()
  const toasts = useToasts()

  const open = () => router.push('/containers/create')
  const openWithImage = (image: string) =>
    router.push({ path: '/containers/create', query: { image } })
  async function openFilled(settings: ContainerSettings): Promise<void> {
    try {
      const draft = await loadCreateDraft()
      draft.fill(settings)
      await open()
    } catch (error) {
      toasts.problem(error)
    }
  }

  return { open, openWithImage, openFilled }
}
