import { useEventListener } from '@vueuse/core'
import { onErrorCaptured } from 'vue'
import { useApi } from '../api'

/** Of one page, from its opening on: what comes then has the same cause. */
const mostReported = 50
/** Chromium tells of layout that took two frames, which is no error. */
const isHarmless = (message: string) => message.startsWith('ResizeObserver loop')

/**
 * Writes this page's errors to the app's log, once each: those of components, and all that nobody caught. To
 * be called by the outermost component.
 */
export function useErrorReports(): void {
  const api = useApi()
  const reported = new Set<string>()

  function report(error: unknown): void {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    const key = stack ?? message
    if (isHarmless(message) || reported.has(key) || reported.size >= mostReported) return
    reported.add(key)
    api.application
      .report({
        message: message.slice(0, 2_000),
        place: location.hash.slice(0, 200),
        ...(stack !== undefined && { stack: stack.slice(0, 10_000) }),
      })
      // Where main is not reached, nothing can be written.
      .catch(() => undefined)
  }

  // Not stopped here: it goes to the console as before.
  onErrorCaptured((error) => report(error))
  useEventListener(window, 'error', ({ error, message }) => report(error ?? message))
  useEventListener(window, 'unhandledrejection', ({ reason }) => report(reason))
}
