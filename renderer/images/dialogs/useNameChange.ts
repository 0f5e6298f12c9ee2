import type { Ref } from 'vue'
import { useEngines } from '../../engines/store'
import { useSubmission } from '../../ui/useSubmission'
import { useToasts } from '../../ui/useToasts'

/** Changes an image's names; says so and closes the dialog when it is done. */
export function useNameChange(open: Ref<boolean>) {
  const engines = useEngines()
  const toasts = useToasts()
  const { busy, problem, submit } = useSubmission()

  async function change(
    ask: (engineId: string) => Promise<unknown>,
    doneText: string,
  ): Promise<void> {
    const engineId = engines.currentId
    if (engineId === null || !(await submit(() => ask(engineId)))) return
    toasts.show({ tone: 'good', text: doneText })
    open.value = false
  }

  return { busy, problem, change }
}
