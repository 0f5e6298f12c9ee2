import { useRouter } from 'vue-router'
import type { Danger } from '../../../preload/contract/containerSettings'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { shortId } from '../../format'
import { useSubmission } from '../../ui/useSubmission'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { useCreateDraft } from './draft'
import { useDangers } from './useDangers'
import { useImageFirst } from './useImageFirst'

/** Makes the container of the draft: its image is pulled first where it is not there, dangers are accepted. */
export function useRun() {
  const api = useApi()
  const engines = useEngines()
  const router = useRouter()
  const toasts = useToasts()
  const { t } = useWords()
  const draft = useCreateDraft()
  const { busy, problem, submit } = useSubmission()
  const { pull, withImage, goBack } = useImageFirst({ submit })

  const { dangers, accepted, areOpen, acceptedDangers } = useDangers(problem)
  /** What was asked for, while the image is looked for and pulled. */
  let asked: { start: boolean; acceptedDangers: Danger[] } = { start: true, acceptedDangers: [] }

  async function run(andStart: boolean): Promise<void> {
    draft.tried = true
    if (busy.value || draft.errors.size > 0) return
    if (areOpen.value) return
    asked = { start: andStart, acceptedDangers: acceptedDangers.value }
    await withImage(draft.settings.image, make)
  }

  async function make(): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    const { settings } = draft
    await submit(async () => {
      const { id, warnings } = await api.containers.run({
        engineId,
        ...settings,
        ...(draft.masksOf !== undefined && { masksOf: draft.masksOf }),
        ...asked,
      })
      const name = settings.name ?? shortId(id)
      toasts.show({
        tone: 'good',
        text: t(asked.start ? 'containers.create.running' : 'containers.create.created', { name }),
      })
      for (const text of warnings) toasts.show({ tone: 'warning', text })
      draft.clear()
      await router.push(`/containers/${id}`)
    })
  }

  return { dangers, accepted, areOpen, busy, problem, pull, run, goBack }
}
