import { ref, shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { toProblem } from '../problems'

/** One change that a dialog makes: tried once at a time, its failure shown where the person looks. */
export function useChange(done: () => void) {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)

  async function run(change: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = null
    try {
      await change()
      done()
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, run }
}
