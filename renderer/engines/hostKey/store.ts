import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ShownHostKey } from '../../../preload/contract/hostKeys'

/** The one question about a host's key that is on screen; `HostKeyDialog` shows it. */
export const useHostKeyDialog = defineStore('engines-host-key', () => {
  /** It stays while the dialog closes, so that its words do not vanish first. */
  const shown = shallowRef<ShownHostKey | null>(null)
  const open = ref(false)
  let answer: (trusted: boolean) => void = () => undefined

  /** Resolves when the person has decided: true once main trusts the key. */
  function ask(key: ShownHostKey): Promise<boolean> {
    answer(false)
    shown.value = key
    open.value = true
    return new Promise((resolve) => {
      answer = resolve
    })
  }

  function close(trusted: boolean): void {
    open.value = false
    answer(trusted)
  }

  return { shown, open, ask, close }
})
