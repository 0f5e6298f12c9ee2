import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Problem } from '../../../preload/contract/errors'

/** The one question about a host's key that is on screen; `HostKeyDialog` shows it. */
export const useHostKeyDialog = defineStore('engines-host-key', () => {
  /** It stays while the dialog closes, so that its words do not vanish first. */
  const shown = shallowRef<Problem | null>(null)
  const open = ref(false)
  /** Counts: by it as a key each question is made anew, above the dialogs that are open. */
  const openings = ref(0)
  let answer: (trusted: boolean) => void = () => undefined

  /**
   * Resolves when the person has decided: true once main trusts the key. At once with false for a problem that no
   * key stands in.
   */
  async function ask(problem: Problem): Promise<boolean> {
    answer(false)
    if (!problem.hostKey) return false
    shown.value = problem
    openings.value++
    open.value = true
    return new Promise((resolve) => {
      answer = resolve
    })
  }

  function close(trusted: boolean): void {
    open.value = false
    answer(trusted)
  }

  return { shown, open, openings, ask, close }
})
