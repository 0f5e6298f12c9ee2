import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { toProblem } from '../problems'

export interface Toast {
  tone: 'good' | 'info' | 'warning' | 'bad'
  text: string
  /** A second, quieter sentence. */
  hint?: string | undefined
  action?: { label: string; run: () => unknown }
}

export type ShownToast = Toast & { key: number }

/** More would cover the page; the oldest go. */
const mostShown = 4
/** Bad news stays until it was read. */
const millisShown = { good: 5_000, info: 6_000, warning: 12_000, bad: null }
/** Whoever wants to act has to read, decide and get there. */
const actionMillis = 12_000

export const useToastStore = defineStore('toasts', () => {
  const toasts = shallowRef<readonly ShownToast[]>([])
  let lastKey = 0

  function show(toast: Toast) {
    const key = ++lastKey
    const others = toasts.value.filter((shown) => shown.text !== toast.text)
    toasts.value = [...others, { ...toast, key }].slice(-mostShown)
    const millis = millisShown[toast.tone]
    if (millis === null) return
    setTimeout(() => dismiss(key), toast.action ? Math.max(millis, actionMillis) : millis)
  }

  function dismiss(key: number) {
    toasts.value = toasts.value.filter((toast) => toast.key !== key)
  }

  return { toasts, show, dismiss }
})

/** Short messages over the page: what was done, or what went wrong and what to do about it. */
export function useToasts() {
  const { show } = useToastStore()

  /** Shows any failure of the API; what the person cancelled is no news. */
  function problem(error: unknown) {
    const { code, message, hint }: Problem = toProblem(error)
    if (code !== 'cancelled') show({ tone: 'bad', text: message, hint })
  }

  return { show, problem }
}
