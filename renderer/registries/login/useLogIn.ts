import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../../preload/contract/errors'
import { registryHost, type LoginPlace } from '../../../preload/contract/registries'
import { toProblem } from '../../problems'
import { useRegistries, type LogInForm } from '../store'
import { presetOf } from './presets'

type Draft = Omit<LogInForm, 'keepIn'> & {
  /** Null: the usual place. */
  keepIn: LoginPlace | null
}

/** Logs in to a registry: the form, what is wrong with it, and what the registry said. */
export function useLogIn(prefilledHost: string) {
  const registries = useRegistries()
  const form = reactive<Draft>({
    host: prefilledHost,
    kind: 'password',
    username: '',
    password: '',
    keepIn: null,
  })
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  const parsedHost = computed(() => registryHost.safeParse(form.host))
  /** As main knows it; null while it is none. */
  const host = computed(() => parsedHost.value.data ?? null)
  const hostIsWrong = computed(() => form.host.trim() !== '' && host.value === null)
  const preset = computed(() => (host.value === null ? null : presetOf(host.value)))
  const complete = computed(
    () =>
      host.value !== null &&
      form.password !== '' &&
      (form.kind === 'identity-token' || form.username !== ''),
  )
  watch(form, () => (problem.value = null))
  watch(
    preset,
    (now, before) => {
      // What the person typed stays.
      if (form.username === '' || form.username === before?.username) {
        form.username = now?.username ?? ''
      }
    },
    { immediate: true },
  )

  /** @param usual - where it is kept when nothing was chosen. @returns whether the registry took it */
  async function logIn(usual: LoginPlace): Promise<boolean> {
    if (host.value === null || !complete.value || busy.value) return false
    busy.value = true
    problem.value = null
    try {
      const { kind, username, password, keepIn } = form
      await registries.logIn({
        host: host.value,
        kind,
        username: kind === 'password' ? username : '',
        password,
        keepIn: keepIn ?? usual,
      })
      form.password = ''
      return true
    } catch (error) {
      problem.value = toProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { form, host, hostIsWrong, preset, complete, busy, problem, logIn }
}
