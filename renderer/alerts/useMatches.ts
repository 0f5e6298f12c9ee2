import { isAbout } from '../../preload/contract/alertScope'
import type { AlertRule } from '../../preload/contract/alerts'
import { useContainers } from '../containers/store'

type Scope = Pick<AlertRule, 'container' | 'label'>

/** Which containers of the engine shown a rule is about. */
export function useMatches() {
  const containers = useContainers()

  /** Their names, in order; null until the containers are known. */
  function namesOf(scope: Scope): string[] | null {
    if (!containers.loaded) return null
    return [...containers.items.values()]
      .filter((container) => isAbout(scope, container))
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b))
  }

  return { namesOf }
}
