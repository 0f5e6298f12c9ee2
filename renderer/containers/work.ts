import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Container, ContainerState } from '../../preload/contract/containers'
import type { Problem } from '../../preload/contract/errors'
import type { Action } from './actions'

export interface Failure {
  action: Action | 'remove'
  problem: Problem
  /** The container's state then: once it is another, the failure is history. */
  state: ContainerState | undefined
}

/** What is being done to containers, of whichever engine: their ids are unique in the world. */
export const useContainerWork = defineStore('containers-work', () => {
  /** What is under way, by container id. */
  const busy = shallowRef<ReadonlyMap<string, Action | 'remove'>>(new Map())
  /** The last action on a container if it failed, by the container's id. */
  const failures = shallowRef<ReadonlyMap<string, Failure>>(new Map())

  function begin(action: Action | 'remove', ids: readonly string[]) {
    busy.value = new Map([...busy.value, ...ids.map((id) => [id, action] as const)])
    failures.value = without(failures.value, ids)
  }

  function end(ids: readonly string[], failed: ReadonlyMap<string, Failure>) {
    busy.value = without(busy.value, ids)
    failures.value = new Map([...failures.value, ...failed])
  }

  /** Why the last action on a container failed, as long as the container is as it was then. */
  function failureOf({ id, state }: Container): Failure | undefined {
    const failure = failures.value.get(id)
    return failure?.state === state ? failure : undefined
  }

  return { busy, failureOf, begin, end }
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
