import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { registryHost } from '../../preload/contract/registries'
import { toProblem } from '../problems'
import { useRegistries } from './store'

/** Logs in to a registry: the form, what is wrong with it, and what the registry said. */
export function useLogIn() {
  const registries = useRegistries()
  const form = reactive({ host: '', username: '', password: '' })
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  const host = computed(() => registryHost.safeParse(form.host))
  const hostIsWrong = computed(() => form.host.trim() !== '' && !host.value.success)
  const complete = computed(
    () => host.value.success && form.username !== '' && form.password !== '',
  )
  watch(form, () => (problem.value = null))

  /** True if the registry took the name and the password. */
  async function logIn(): Promise<boolean> {
    if (!host.value.success || busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await registries.logIn(host.value.data, form.username, form.password)
      clear()
      return true
    } catch (error) {
      problem.value = toProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }

  function clear(prefilledHost = ''): void {
    Object.assign(form, { host: prefilledHost, username: '', password: '' })
  }

  return { form, hostIsWrong, complete, busy, problem, logIn, clear }
}
