import { shortImage } from './labels'

/** Images that are made for looking around, then small ones that have a shell at least. */
const fitting = ['netshoot', 'busybox', 'alpine', 'debian', 'ubuntu', 'fedora']

/** The one of these images that is best to debug with, by its name; undefined where none looks like it. */
export function debugImageOf(names: readonly string[]): string | undefined {
  for (const word of fitting) {
    const found = names.find((name) => shortImage(name) === word)
    if (found !== undefined) return found
  }
  return undefined
}
