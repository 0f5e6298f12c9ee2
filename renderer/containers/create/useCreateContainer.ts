import { useRouter } from 'vue-router'
import type { ContainerSettings } from '../../../preload/contract/containerSettings'
import { useCreateDraft } from './draft'

/** Opens the page where a container is put together: as it was left, with an image, or filled in. */
export function useCreateContainer() {
  const router = useRouter()
  const draft = useCreateDraft()

  const open = () => router.push('/containers/create')
  const openWithImage = (image: string) =>
    router.push({ path: '/containers/create', query: { image } })
  function openFilled(settings: ContainerSettings) {
    draft.fill(settings)
    return open()
  }

  return { open, openWithImage, openFilled }
}
