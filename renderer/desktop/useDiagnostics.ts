import { useClipboard } from '@vueuse/core'
import { ref } from 'vue'
import { useApi } from '../api'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'

/** Puts what helps to find a fault on the clipboard: versions, engines, settings, the log's end; no secrets. */
export function useDiagnostics() {
  const { t } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const { copy } = useClipboard({ legacy: true })
  const busy = ref(false)

  async function copyDiagnostics(): Promise<void> {
    busy.value = true
    try {
      const { text } = await api.application.diagnostics()
      await copy(text)
      const hint = t('desktop.diagnostics.copiedHint')
      toasts.show({ tone: 'good', text: t('desktop.diagnostics.copied'), hint })
    } catch (error) {
      toasts.problem(error)
    } finally {
      busy.value = false
    }
  }

  return { busy, copyDiagnostics }
}
