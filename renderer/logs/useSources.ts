import { computed } from 'vue'
import { useContainerNames } from '../containers/chosen'
import { sourceColour, type LogSource } from './sources'

/** The containers of a log, by name. */
export function useSources(ids: readonly string[]) {
  const nameOf = useContainerNames()
  return computed<LogSource[]>(() =>
    ids.map((id, index) => ({ id, name: nameOf(id), colour: sourceColour(index) })),
  )
}
