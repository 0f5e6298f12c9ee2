import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { SettingsAnswer } from '../../../preload/contract/edit'
import type { Problem } from '../../../preload/contract/errors'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { toProblem } from '../../problems'
import { useSubmission } from '../../ui/useSubmission'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { useCreateDraft } from '../create/draft'
import { useDangers } from '../create/useDangers'
import { useImageFirst } from '../create/useImageFirst'
import { useWayBack } from '../recreation/useWayBack'
import { settingChanges } from './changes'
import { useLentDraft } from './useLentDraft'

/** Changing what a container is asked to be, and making it anew so. */
export function useEdit(id: string) {
  const api = useApi()
  const engines = useEngines()
  const router = useRouter()
  const toasts = useToasts()
  const draft = useCreateDraft()
  const wayBack = useWayBack()
  const { t } = useWords()
  const { busy, problem, submit } = useSubmission()
  const { pull, withImage, goBack } = useImageFirst({ submit })
  const { dangers, accepted, areOpen, acceptedDangers } = useDangers(problem)
  const answer = shallowRef<SettingsAnswer | null>(null)
  const readProblem = shallowRef<Problem | null>(null)
  const leaving = new AbortController()
  useLentDraft(id)
  onScopeDispose(() => leaving.abort())

  /** With `reveal`, what was typed meanwhile stays, and masked values are shown. */
  async function read(reveal: boolean): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    const { signal } = leaving
    readProblem.value = null
    try {
      const told = await api.containers.settings({ engineId, id, reveal }, { signal })
      if (signal.aborted) return
      if (reveal && answer.value) unmask(answer.value, told)
      else draft.fill(told.settings, id)
      answer.value = told
    } catch (error) {
      if (!signal.aborted) readProblem.value = toProblem(error)
    }
  }

  function unmask(masked: SettingsAnswer, revealed: SettingsAnswer): void {
    const valueIn = ({ settings }: SettingsAnswer, name: string) =>
      settings.environment.find((variable) => variable.name === name)?.value
    for (const row of draft.form.environment) {
      const value = valueIn(revealed, row.name)
      if (value !== undefined && row.value === valueIn(masked, row.name)) row.value = value
    }
  }

  const changes = computed(() =>
    answer.value ? settingChanges(answer.value.settings, draft.settings) : [],
  )

  /** The image is pulled first where another one is wanted that is not there. */
  async function recreate(): Promise<void> {
    const told = answer.value
    draft.tried = true
    if (told === null || busy.value || draft.errors.size > 0) return
    if (areOpen.value) return
    const { image } = draft.settings
    if (image === told.settings.image) return make(told)
    await withImage(image, () => make(told))
  }

  async function make(told: SettingsAnswer): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null) return
    const request = {
      engineId,
      id,
      settings: draft.settings,
      acceptedDangers: acceptedDangers.value,
    }
    const name = told.settings.name ?? ''
    await submit(async () => {
      const made = await api.containers.edit(request)
      toasts.show({
        tone: 'good',
        text: t('containers.edit.done', { name }),
        hint: t('containers.recreation.doneHint', { name: told.plan.keptName }),
        action: {
          label: t('containers.recreation.undo'),
          run: () => wayBack.undo({ engineId, name, id: made.id, keptId: made.keptId }),
        },
      })
      if (!leaving.signal.aborted) await router.push(`/containers/${made.id}`)
    })
  }

  // A page that is reloaded stands before it is known which engine is shown.
  watch(
    () => engines.currentId,
    () => {
      if (answer.value === null) void read(false)
    },
    { immediate: true },
  )
  return {
    ...{ answer, readProblem, read, changes, recreate },
    ...{ dangers, accepted, areOpen, busy, problem },
    ...{ pull, goBack },
  }
}
