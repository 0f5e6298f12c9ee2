import {
  effectScope,
  getCurrentInstance,
  onScopeDispose,
  shallowRef,
  watch,
  type EffectScope,
  type ShallowRef,
} from 'vue'

/**
 * A part for each of some ids that come and go. Each is begun in a scope of its own when its id comes; what it
 * subscribed to ends when its id goes, or when the component does. For the setup of a component.
 *
 * @returns the parts by id, in the order of the ids; another map when one comes or goes
 */
export function useEach<Part>(
  ids: () => readonly string[],
  begin: (id: string) => Part,
): Readonly<ShallowRef<ReadonlyMap<string, Part>>> {
  const app = getCurrentInstance()?.appContext.app
  if (!app) throw new Error('useEach was called outside the setup of a component.')
  const parts = shallowRef<ReadonlyMap<string, Part>>(new Map())
  const scopes = new Map<string, EffectScope>()

  function end(id: string): void {
    scopes.get(id)?.stop()
    scopes.delete(id)
  }

  const beginOne = (id: string): [string, Part] => {
    const scope = effectScope(true)
    scopes.set(id, scope)
    // What it injects is the app's: a scope that begins later has no component around it.
    return [id, app.runWithContext(() => inScope(scope, () => begin(id)))]
  }

  watch(
    () => ids().join('\n'),
    () => {
      const wanted = ids()
      const before = parts.value
      for (const id of before.keys()) if (!wanted.includes(id)) end(id)
      parts.value = new Map(
        wanted.map((id) => {
          const part = before.get(id)
          return part === undefined ? beginOne(id) : [id, part]
        }),
      )
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => [...scopes.keys()].forEach(end))

  return parts
}

/** `run` tells undefined for a scope that has ended, which this one has not. */
function inScope<Result>(scope: EffectScope, run: () => Result): Result {
  const done = scope.run(() => ({ result: run() }))
  if (!done) throw new Error('The scope has ended.')
  return done.result
}
