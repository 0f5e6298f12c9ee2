import type { Image } from '../../preload/contract/images'
import { absolutePath } from '../../preload/contract/base'
import { imageName } from '../images/names'

/** True for a path that main takes; whether the file can be had is known only there. */
export function isAbsolutePath(text: string): boolean {
  return absolutePath.safeParse(text).success && !/[/\\]$/.test(text)
}

/** A name for the file that these images go to: `nginx-1.27.tar`. */
export function archiveName(images: readonly Image[]): string {
  const [first] = images
  return first === undefined || images.length > 1 ? 'images.tar' : fileName(imageName(first))
}

/** What can stand in a file's name on every system. */
export function fileName(text: string): string {
  const last = text.replace(/^.*\//, '').replace(/[^A-Za-z0-9._-]+/g, '-')
  return `${last.slice(0, 100) || 'archive'}.tar`
}
