import type { Identity, IdRange } from '../../preload/contract/isolation'

/** The ids that exist: all of 32 bits but the last, which means "none" (user_namespaces(7)). */
const ALL_IDS = 4_294_967_295

/** /proc/<pid>/uid_map or gid_map: `inside outside count` per line, the outside as this process sees it. */
export function parseIdMap(text: string): IdRange[] {
  return text.split('\n').flatMap((line) => {
    const [inside, outside, count] = line.trim().split(/\s+/).map(Number)
    const whole = [inside, outside, count].every((each) => Number.isSafeInteger(each))
    if (!whole || inside === undefined || outside === undefined || !count) return []
    return [{ inside, outside, count }]
  })
}

/** Every id is the same inside and outside. */
export function isIdentity(map: readonly IdRange[]): boolean {
  const [range, more] = map
  return more === undefined && range?.inside === 0 && range.outside === 0 && range.count >= ALL_IDS
}

/** An id of this machine with what the user namespace calls it; null inside where it has no such id. */
export function identify(outside: number, map: readonly IdRange[]): Identity {
  const range = map.find((each) => outside >= each.outside && outside < each.outside + each.count)
  return { outside, inside: range ? range.inside + (outside - range.outside) : null }
}
