import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { isAbsolutePath } from '../../archives/fileNames'
import type { Problem } from '../../../preload/contract/errors'
import { registryHost, type RegistrySettings } from '../../../preload/contract/registries'
import { toProblem } from '../../problems'
import { useRegistries } from '../store'
import { readMirrors } from './mirrors'

interface Draft {
  host: string
  plainHttp: boolean
  authority: 'none' | 'pem' | 'file'
  pem: string
  path: string
  skipVerify: boolean
  /** One host a line. */
  mirrors: string
}

/** Changes how a registry is reached: the form, what is wrong with it, and what must be accepted first. */
export function useSettingsForm(prefilledHost: string) {
  const registries = useRegistries()
  const known = registries.settingsOf(prefilledHost)
  const form = reactive<Draft>({
    host: prefilledHost,
    plainHttp: known?.plainHttp ?? false,
    authority: known?.ca?.kind ?? 'none',
    pem: known?.ca?.kind === 'pem' ? known.ca.pem : '',
    path: known?.ca?.kind === 'file' ? known.ca.path : '',
    skipVerify: known?.skipVerify ?? false,
    mirrors: (known?.mirrors ?? []).join('\n'),
  })
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  /** What has to be accepted before it is kept. */
  const dangers = shallowRef<readonly string[]>([])
  const accepted = ref(false)

  const host = computed(() => registryHost.safeParse(form.host).data ?? null)
  const hostIsWrong = computed(() => form.host.trim() !== '' && host.value === null)
  const mirrors = computed(() => readMirrors(form.mirrors))
  const settings = computed<RegistrySettings | null>(() => {
    const ca = authorityOf(form)
    const { wrong, tooMany } = mirrors.value
    if (host.value === null || ca === undefined || wrong.length > 0 || tooMany) return null
    const { plainHttp, skipVerify } = form
    return { host: host.value, plainHttp, ca, skipVerify, mirrors: mirrors.value.mirrors }
  })
  const ready = computed(
    () => settings.value !== null && (dangers.value.length === 0 || accepted.value),
  )
  watch(form, () => {
    problem.value = null
    dangers.value = []
    accepted.value = false
  })

  /** True once they are kept. */
  async function save(): Promise<boolean> {
    if (settings.value === null || !ready.value || busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await registries.changeSettings(settings.value, accepted.value)
      return true
    } catch (error) {
      const failed = toProblem(error)
      if (failed.code === 'confirmation-needed') dangers.value = failed.dangers ?? []
      else problem.value = failed
      return false
    } finally {
      busy.value = false
    }
  }

  return { form, host, hostIsWrong, mirrors, dangers, accepted, ready, busy, problem, save }
}

/** Undefined: not complete. */
function authorityOf({ authority, pem, path }: Draft): RegistrySettings['ca'] | undefined {
  if (authority === 'pem') return pem.trim() === '' ? undefined : { kind: 'pem', pem: pem.trim() }
  if (authority === 'file') {
    return isAbsolutePath(path.trim()) ? { kind: 'file', path: path.trim() } : undefined
  }
  return null
}
