import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import type {
  Engine,
  EngineAddress,
  EngineSettings,
  TestAnswer,
} from '../../../preload/contract/engines'
import { useApi } from '../../api'
import { useHostKeyDialog } from '../hostKey/store'
import { toProblem } from '../../problems'
import { useSubmission } from '../../ui/useSubmission'
import { newEngine, textOf } from './engineText'
import { readEngine } from './readEngine'
import { takeAddress } from './takeAddress'

/**
 * An engine as it is typed: tried as often as wanted, then added or changed.
 *
 * @param edited The engine that is changed; null: a new one.
 */
export function useEngineForm(edited: Engine | null) {
  const api = useApi()
  const hostKeys = useHostKeyDialog()
  const { busy, problem, submit } = useSubmission()
  const text = reactive(edited?.settings ? textOf(edited.settings) : { ...newEngine })
  const reading = computed(() => readEngine(text))

  const testing = ref(false)
  const answer = shallowRef<TestAnswer | null>(null)
  let test = new AbortController()

  function forget(): void {
    test.abort()
    testing.value = false
    answer.value = null
    problem.value = null
  }
  // An answer is about what was asked, not about what is typed now.
  watch(() => JSON.stringify({ ...text, name: '' }), forget)
  onScopeDispose(() => test.abort())

  /** Takes a whole address into the parts. False where it is none. */
  function take(pasted: string): boolean {
    const parts = takeAddress(pasted)
    if (parts) Object.assign(text, parts)
    return parts !== null
  }

  /** Reaches the engine once. A key of the host that is not trusted is asked about, then it is tried again. */
  async function tryIt(): Promise<void> {
    const { settings } = reading.value
    if (settings === null || testing.value) return
    forget()
    test = new AbortController()
    const { signal } = test
    testing.value = true
    try {
      answer.value = await tested(settings, signal)
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    } finally {
      if (!signal.aborted) testing.value = false
    }
  }

  async function tested({ address, tls, ssh }: EngineAddress, signal: AbortSignal) {
    const ask = () => api.engines.test({ address, tls, ssh }, { signal })
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !(await hostKeys.ask(toProblem(error)))) throw error
      return await ask()
    }
  }

  /** @returns the engine's id once it is kept; null where that failed. */
  async function save(): Promise<string | null> {
    const { settings } = reading.value
    if (settings === null) return null
    test.abort()
    testing.value = false
    let id: string | null = null
    await submit(async () => {
      id = (await keep(settings)).engineId
    })
    return id
  }

  const keep = (settings: EngineSettings) =>
    edited ? api.engines.change({ engineId: edited.id, settings }) : api.engines.add(settings)

  return { text, reading, take, testing, answer, tryIt, busy, problem, save }
}
