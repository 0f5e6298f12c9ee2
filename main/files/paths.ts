import { posix } from 'node:path'

/** A path of whole names: no doubled slash, no `.`, no slash at the end. */
export function plainPath(path: string): string {
  const plain = posix.normalize(path)
  return plain === '/' ? plain : plain.replace(/\/$/, '')
}

/** The folder that something is in; `/` is in itself. */
export const folderOf = (path: string): string => posix.dirname(path)

export const nameOf = (path: string): string => posix.basename(path)

export function joined(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

/** True for the folder itself and all that is in it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`)
}
