/** Scopes of tokens (distribution, "token scope"): `repository:team/app:pull,push`. */

export const CATALOG_SCOPE = 'registry:catalog:*'

export function repositoryScope(repository: string, ...actions: ('pull' | 'push' | 'delete')[]) {
  return `repository:${repository}:${actions.join(',')}`
}

/**
 * One list of scopes out of two, with one entry for each resource: what a call needs, and what the
 * registry's challenge names beyond it.
 */
export function mergeScopes(needed: readonly string[], challenged: readonly string[]): string[] {
  const actionsByResource = new Map<string, Set<string>>()
  for (const scope of [...needed, ...challenged]) {
    const at = scope.lastIndexOf(':')
    const [resource, actions] = at === -1 ? [scope, ''] : [scope.slice(0, at), scope.slice(at + 1)]
    const known = actionsByResource.get(resource) ?? new Set()
    for (const action of actions.split(',')) known.add(action)
    actionsByResource.set(resource, known)
  }
  return [...actionsByResource].map(([resource, actions]) => {
    const listed = [...actions].filter((action) => action !== '').join(',')
    return listed === '' ? resource : `${resource}:${listed}`
  })
}
