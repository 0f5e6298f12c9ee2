import { ref, watch } from 'vue'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { useFollowedJob } from '../../jobs/useFollowedJob'
import type { useSubmission } from '../../ui/useSubmission'

/** What is made of an image waits until the engine has that: it is pulled where it is missing. */
export function useImageFirst({ submit }: Pick<ReturnType<typeof useSubmission>, 'submit'>) {
  const api = useApi()
  const engines = useEngines()
  const pull = useFollowedJob()
  /** What is done when the image is there. */
  let next: (() => Promise<void>) | null = null

  watch(
    () => pull.job.value?.state,
    (state) => {
      if (state !== 'succeeded') return
      const make = next
      goBack()
      void make?.()
    },
  )

  /** Calls `make` at once where the engine has the image, after its pull otherwise. */
  async function withImage(image: string, make: () => Promise<void>): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    const missing = ref<string | null>(null)
    const isKnown = await submit(async () => {
      missing.value = (await api.containers.provideImage({ engineId, image })).jobId
    })
    const jobId = missing.value
    if (!isKnown) return
    if (jobId === null) return make()
    next = make
    await pull.start(() => Promise.resolve({ jobId }))
  }

  /** Back from a pull that failed or was cancelled. */
  function goBack(): void {
    next = null
    pull.forget()
  }

  return { pull, withImage, goBack }
}
