import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Problem } from '../../preload/contract/errors'
import { useApi, useLiveCollection } from '../api'
import { useEngines } from '../engines/store'
import type { Action } from './actions'

export interface Failure {
  action: Action | 'remove'
  problem: Problem
}

/** The containers of the engine shown, with what is being done to them. */
export const useContainers = defineStore('containers', () => {
  const api = useApi()
  const engines = useEngines()
  const { items, loaded, problem } = useLiveCollection(
    (signal, engineId) => api.containers.watch({ engineId }, { signal }),
    () => engines.currentId,
  )

  /** What is under way, by container id. */
  const busy = shallowRef<ReadonlyMap<string, Action | 'remove'>>(new Map())
  /** The last action on a container if it failed, by the container's id. */
  const failures = shallowRef<ReadonlyMap<string, Failure>>(new Map())

  function begin(action: Action | 'remove', ids: readonly string[]) {
    busy.value = new Map([...busy.value, ...ids.map((id) => [id, action] as const)])
    forgetFailures(ids)
  }

  function end(
    action: Action | 'remove',
    ids: readonly string[],
    failed: readonly { id: string; problem: Problem }[],
  ) {
    busy.value = without(busy.value, ids)
    failures.value = new Map([
      ...failures.value,
      ...failed.map(({ id, problem }) => [id, { action, problem }] as const),
    ])
  }

  function forgetFailures(ids: readonly string[]) {
    failures.value = without(failures.value, ids)
  }

  /** Names of the groups whose rows are hidden; lives here so that it outlives the page. */
  const collapsed = shallowRef(new Set<string>())

  return { items, loaded, problem, busy, failures, collapsed, begin, end, forgetFailures }
})

function without<Value>(
  map: ReadonlyMap<string, Value>,
  keys: readonly string[],
): ReadonlyMap<string, Value> {
  if (!keys.some((key) => map.has(key))) return map
  const next = new Map(map)
  for (const key of keys) next.delete(key)
  return next
}
