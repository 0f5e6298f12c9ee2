import type { FilesFacts } from '../../preload/contract/files'

/** Why nothing can be written in a folder: by the words of `files.readOnly`; null: it can. */
export function whyReadOnly(facts: FilesFacts | null, folder: string): 'mount' | 'root' | null {
  if (!facts) return null
  const isWithin = (path: string) =>
    path === '/' || folder === path || folder.startsWith(`${path}/`)
  const mount = facts.mounts
    .filter(({ path }) => isWithin(path))
    .sort((a, b) => b.path.length - a.path.length)[0]
  if (mount) return mount.readOnly ? 'mount' : null
  return facts.readOnlyRoot ? 'root' : null
}
