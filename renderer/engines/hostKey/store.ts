import { defineStore } from 'pinia'
import type { Problem } from '../../../preload/contract/errors'
import { openable } from '../../ui/openable'

/** The one question about a host's key that is on screen; `HostKeyDialog` shows it. */
export const useHostKeyDialog = defineStore('engines-host-key', () => {
  // Each question is made anew, by `openings` as a key: so it stands above the dialogs that are open.
  const { shown, open, openings, show } = openable<Problem>()
  let answer: (trusted: boolean) => void = () => undefined

  /**
   * Resolves when the person has decided: true once main trusts the key. At once with false for a problem that no
   * key stands in.
   */
  async function ask(problem: Problem): Promise<boolean> {
    answer(false)
    if (!problem.hostKey) return false
    show(problem)
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
