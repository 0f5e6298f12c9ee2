import { statPath } from '../files/archive'
import type { Place } from '../files/place'

/** Where images have their shells, the most comfortable first. The last is of distroless's debug images. */
const places = [
  '/bin/bash',
  '/usr/local/bin/bash',
  '/bin/zsh',
  '/usr/bin/fish',
  '/bin/sh',
  '/busybox/sh',
]
/** They understand POSIX's language, with what it says of splitting words. */
const posix = /\/(bash|sh)$/

/** Links that are followed at most; `/bin/sh` of Debian is two away from a file. */
const mostLinks = 8

/** The shells that a container has, by asking for their files: nothing runs in it. */
export async function findShells(place: Place, signal?: AbortSignal): Promise<string[]> {
  const found = await Promise.all(places.map((path) => isProgram(place, path, signal)))
  return places.filter((_path, index) => found[index])
}

/** The shell to run a script of ours with; null where there is none. */
export function posixShellOf(shells: readonly string[]): string | null {
  return shells.find((path) => posix.test(path)) ?? null
}

async function isProgram(
  place: Place,
  path: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let at: string | null = path
  for (let links = 0; at?.startsWith('/') && links < mostLinks; links++) {
    const stat: Awaited<ReturnType<typeof statPath>> = await statPath(place, at, signal)
    if (stat?.kind === 'file') return (stat.mode & 0o111) !== 0
    at = stat?.kind === 'link' ? stat.end : null
  }
  return false
}
