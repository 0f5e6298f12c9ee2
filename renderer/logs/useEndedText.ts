import { computed, type Ref } from 'vue'
import type { LogState } from '../../preload/contract/logs'
import { exitMeaning } from '../containers/exits/sentences'
import { useContainers } from '../containers/store'
import { useWords } from '../words'
import type { LogSource } from './sources'

/** Why nothing comes any more; null while something may. */
export function useEndedText(
  sources: () => readonly LogSource[],
  state: Readonly<Ref<LogState | null>>,
) {
  const { t } = useWords()
  const containers = useContainers()

  return computed(() => {
    const states = state.value?.sources ?? []
    if (states.length === 0 || !states.every((each) => each === 'ended' || each === 'gone')) {
      return null
    }
    const [source, ...others] = sources()
    if (states[0] === 'gone' && others.length === 0) return t('logs.ended.gone')
    const container = containers.items.get(source?.id ?? '')
    const exitCode = container?.state === 'exited' ? container.exitCode : null
    if (!container || exitCode === null || others.length > 0) return t('logs.ended.plain')
    const meaning = exitMeaning({ exitCode, oomKilled: container.oomKilled }, t)
    return t('logs.ended.code', { code: exitCode, meaning })
  })
}
