import { defineStore } from 'pinia'
import { computed, reactive, ref } from 'vue'
import {
  containerSettings,
  type ContainerSettings,
} from '../../../preload/contract/containerSettings'
import { useEngines } from '../../engines/store'
import { useWords } from '../../words'
import { formOf, type CreateForm } from './form'
import type { LineStyle } from './line/writeLine'
import { readForm } from './readForm'

const emptyForm = (): CreateForm => ({
  ...formOf(containerSettings.parse({ image: 'none' })),
  image: '',
})

/** The container that is being put together; it outlives the page, so that nothing typed is lost. */
export const useCreateDraft = defineStore('create-draft', () => {
  const engines = useEngines()
  const { t } = useWords()
  const form = reactive(emptyForm())
  /** Mistakes of fields left empty are told once the person has tried to start. */
  const tried = ref(false)
  /** The container whose settings these were: masks in the environment stand for its values. */
  const masksOf = ref<string>()
  /** The container that the new one is to replace, whose ports are free then. */
  const replaces = ref<string>()
  const read = computed(() => readForm(form))
  const settings = computed(() => read.value.settings)
  const errors = computed(() => read.value.errors)

  /** How the engine that is shown wants its command. */
  const style = computed((): LineStyle => {
    const engine = engines.current
    const [major = 0, minor = 0] = (engine?.apiVersion ?? '').split('.').map(Number)
    const isPodman = engine?.kind === 'podman'
    return {
      program: isPodman ? 'podman' : 'docker',
      severalNetworks: isPodman || major > 1 || minor >= 44,
      start: true,
    }
  })

  /** @param from The container that they were told of. */
  function fill(filled: ContainerSettings, from?: string): void {
    Object.assign(form, formOf(filled))
    masksOf.value = from
    tried.value = false
  }

  /** Begins anew, with an image if one is chosen already. */
  function clear(image = ''): void {
    Object.assign(form, emptyForm(), { image })
    masksOf.value = undefined
    tried.value = false
  }

  /** The sentence about what is wrong with a field; undefined where nothing is. */
  function errorAt(field: string): string | undefined {
    const error = errors.value.get(field)
    if (error === undefined || (error === 'image-missing' && !tried.value)) return undefined
    return t(`containers.create.errors.${error}`)
  }

  return { form, tried, masksOf, replaces, settings, errors, style, fill, clear, errorAt }
})
