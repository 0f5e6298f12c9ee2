import { ref, shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { toProblem } from '../problems'

/** Sends what a dialog asks for, once at a time; what goes wrong is kept for the dialog to show. */
export function useSubmission() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  /** @returns whether it was done. */
  async function submit(ask: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await ask()
      return true
    } catch (error) {
      problem.value = toProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, submit }
}
