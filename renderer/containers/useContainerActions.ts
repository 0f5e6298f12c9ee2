import type { Outcomes } from '../../preload/contract/base'
import type { Container } from '../../preload/contract/containers'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { toProblem } from '../problems'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { changedBy, type Action } from './actions'
import { useContainers } from './store'

/** Starts, stops and so on: rows are busy at once, what fails is told on the row and in words. */
export function useContainerActions() {
  const api = useApi()
  const engines = useEngines()
  const store = useContainers()
  const toasts = useToasts()
  const { t } = useWords()

  /**
   * Does one thing to those containers for which it makes sense.
   *
   * @returns the ids for which it went well
   */
  async function perform(
    action: Action | 'remove',
    containers: readonly Container[],
    call: (ids: string[], engineId: string) => Promise<Outcomes>,
  ): Promise<string[]> {
    const engineId = engines.currentId
    const ids = changedBy(action, containers).map(({ id }) => id)
    if (engineId === null || ids.length === 0) return []
    store.begin(action, ids)
    const failed = await call(ids, engineId).then(
      ({ outcomes }) => outcomes.flatMap(({ id, problem }) => (problem ? [{ id, problem }] : [])),
      (error: unknown) => ids.map((id) => ({ id, problem: toProblem(error) })),
    )
    store.end(action, ids, failed)
    tell(
      ids.length,
      failed.map(({ problem }) => problem),
    )
    const failedIds = new Set(failed.map(({ id }) => id))
    return ids.filter((id) => !failedIds.has(id))
  }

  function tell(all: number, problems: readonly ReturnType<typeof toProblem>[]) {
    const [first] = problems
    if (!first) return
    const text =
      all === 1
        ? first.message
        : t('containers.someFailed', { failed: problems.length, all, message: first.message })
    toasts.show({ tone: 'bad', text, hint: first.hint ?? first.engineMessage })
  }

  const run = (action: Action, containers: readonly Container[]) =>
    perform(action, containers, (ids, engineId) => api.containers[action]({ engineId, ids }))

  return { run, perform }
}
