import { computed, reactive, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { dangers as knownDangers, type Danger } from '../../../preload/contract/containerSettings'
import type { Image } from '../../../preload/contract/images'
import { useApi } from '../../api'
import { useEngines } from '../../engines/store'
import { shortId } from '../../format'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import { useImageInspect } from '../details/useImageInspect'
import { useSubmission } from '../dialogs/useSubmission'
import { newRunForm, readRunForm } from './form'
import { joinShellWords } from '../../../preload/contract/shellWords'

/** Runs a container from an image: the form, what is wrong with it, and the dangers to accept first. */
export function useRun(image: Image) {
  const api = useApi()
  const engines = useEngines()
  const router = useRouter()
  const toasts = useToasts()
  const { t } = useWords()
  const { busy, problem, submit } = useSubmission()

  const form = reactive(newRunForm())
  const read = computed(() => readRunForm(form))
  const errors = computed(() => read.value.errors)
  const words = computed(() => read.value.fields.command ?? [])

  /** The ports that the image exposes are offered as soon as the engine has told them. */
  const { details } = useImageInspect(() => image)
  watch(details, (inspected) => {
    if (inspected !== null && form.ports.length === 0) {
      form.ports = newRunForm(inspected.exposedPorts).ports
    }
  })
  const ownCommand = computed(() => joinShellWords(details.value?.command ?? []))

  const dangers = computed<Danger[]>(() =>
    knownDangers.filter((danger) => problem.value?.dangers?.includes(danger)),
  )
  const accepted = ref(false)
  /** What was accepted holds for what was shown: any change asks again. */
  watch(form, () => {
    accepted.value = false
    problem.value = null
  })

  /** Runs it and shows the container, after `close`. */
  async function run(close: () => void): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || errors.value.size > 0) return
    if (dangers.value.length > 0 && !accepted.value) return
    const acceptedDangers = accepted.value ? dangers.value : []
    const input = {
      ...read.value.fields,
      engineId,
      image: image.references[0] ?? image.id,
      acceptedDangers,
    }
    await submit(async () => {
      const { id } = await api.containers.run(input)
      close()
      toasts.show({ tone: 'good', text: t('images.run.done', { name: input.name ?? shortId(id) }) })
      await router.push(`/containers/${id}`)
    })
  }

  return { form, words, errors, ownCommand, dangers, accepted, busy, problem, run }
}
