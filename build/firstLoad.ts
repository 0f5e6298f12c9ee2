/** What rolldown tells about a module. */
interface ModuleInfo {
  readonly importedIds: readonly string[]
}

/**
 * A group for rolldown's `codeSplitting`: all that a module needs goes into one chunk. So the first load is a few files:
 * each more is one that a browser may drop, and rolldown makes one of every icon that two parts share.
 *
 * @param module The path of the module.
 */
export function chunkOf(name: string, module: string) {
  let needed: Set<string> | undefined
  return {
    debugName: name,
    name(id: string, graph: { getModuleInfo(id: string): ModuleInfo | null }): string | null {
      needed ??= reachable(module, (each) => graph.getModuleInfo(each)?.importedIds ?? [])
      return needed.has(id) ? name : null
    },
  }
}

/** A module, and all that it imports, and what they import, but not what is imported when it is wanted. */
function reachable(from: string, imported: (id: string) => readonly string[]): Set<string> {
  const found = new Set([from])
  for (const id of found) for (const each of imported(id)) found.add(each)
  return found
}
