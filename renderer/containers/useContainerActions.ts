import type { Outcomes } from '../../preload/contract/base'
import type { Container, ContainerState } from '../../preload/contract/containers'
import { useApi } from '../api'
import { useEngines } from '../engines/store'
import { toProblem } from '../problems'
import { useToasts } from '../ui/useToasts'
import { useWords } from '../words'
import { changedBy, type Action } from './actions'
import { useContainers } from './store'
import { useContainerWork } from './work'

/** Whose containers they are; without it, the engine's that the pages show. */
export interface Place {
  engineId: string | null
  /** A container's state now. */
  stateOf: (id: string) => ContainerState | undefined
}

/** Starts, stops and so on: rows are busy at once, what fails is told on the row and in words. */
export function useContainerActions() {
  const api = useApi()
  const engines = useEngines()
  const store = useContainers()
  const work = useContainerWork()
  const toasts = useToasts()
  const { t } = useWords()

  const here = (): Place => ({
    engineId: engines.currentId,
    stateOf: (id) => store.items.get(id)?.state,
  })

  /**
   * Does one thing to those containers for which it makes sense.
   *
   * @returns the ids for which it went well
   */
  async function perform(
    action: Action | 'remove',
    containers: readonly Container[],
    call: (ids: string[], engineId: string) => Promise<Outcomes>,
    { engineId, stateOf }: Place = here(),
  ): Promise<string[]> {
    const ids = changedBy(action, containers).map(({ id }) => id)
    if (engineId === null || ids.length === 0) return []
    work.begin(action, ids)
    const failed = await call(ids, engineId).then(
      ({ outcomes }) => outcomes.flatMap(({ id, problem }) => (problem ? [{ id, problem }] : [])),
      (error: unknown) => ids.map((id) => ({ id, problem: toProblem(error) })),
    )
    work.end(
      ids,
      new Map(failed.map(({ id, problem }) => [id, { action, problem, state: stateOf(id) }])),
    )
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

  const run = (action: Action, containers: readonly Container[], place?: Place) =>
    perform(action, containers, (ids, engineId) => api.containers[action]({ engineId, ids }), place)

  return { run, perform }
}
