import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Question {
  title: string
  body: string
  /** What exactly is meant: one line each. */
  items?: string[]
  /** The verb of what will happen: "Remove", never "OK". */
  confirmLabel: string
  danger?: boolean
  option?: { label: string; default: boolean }
}

export interface Answer {
  confirmed: boolean
  /** The option's check mark; false if there was no option. */
  option: boolean
}

interface Pending {
  question: Question
  answer(answer: Answer): void
}

/** The one question on screen; `ConfirmHost` shows it. */
export const useConfirmStore = defineStore('confirm', () => {
  const pending = shallowRef<Pending | null>(null)

  function ask(question: Question): Promise<Answer> {
    pending.value?.answer({ confirmed: false, option: false })
    return new Promise((resolve) => {
      pending.value = {
        question,
        answer(answer) {
          pending.value = null
          resolve(answer)
        },
      }
    })
  }

  return { pending, ask }
})

/** `const confirm = useConfirm()`, then `await confirm({ … })`: asks before something is done. */
export function useConfirm(): (question: Question) => Promise<Answer> {
  return useConfirmStore().ask
}
