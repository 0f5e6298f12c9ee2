import { useRouter } from 'vue-router'
import type { Action } from '../containers/actions'
import { useContainerActions } from '../containers/useContainerActions'
import { useEngines } from '../engines/store'
import type { Feed, Row } from './feed'

/** What can be done with containers of several engines: each engine is asked for its own, all at once. */
export function useRowActions(feeds: () => ReadonlyMap<string, Feed>) {
  const router = useRouter()
  const engines = useEngines()
  const actions = useContainerActions()

  async function run(action: Action, rows: readonly Row[]): Promise<void> {
    await Promise.all(
      [...feeds().values()].map(({ place }) => {
        const own = rows.filter(({ engineId }) => engineId === place.engineId)
        return actions.run(
          action,
          own.map(({ container }) => container),
          place,
        )
      }),
    )
  }

  /** Shows a container on the pages of its engine. */
  async function open({ engineId, container }: Row, tab?: string): Promise<void> {
    engines.select(engineId)
    await router.push({ path: `/containers/${container.id}`, query: tab ? { tab } : {} })
  }

  return { run, open }
}
