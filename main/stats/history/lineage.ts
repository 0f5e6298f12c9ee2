import type { Mark } from '../../../preload/contract/stats'
import type { About } from './about'

/** A container and the time in which it stands for its line. */
export interface Generation {
  about: About
  /** The first moment of the next one; Infinity for the newest. */
  until: number
}

/**
 * A container and those that it replaced, the oldest first: containers of the same engine with its
 * name, or with its compose project, service and number, whose samples began before its own. Each stands
 * for the line until the next one's samples begin.
 */
export function lineageOf(about: About, all: Iterable<About>): Generation[] {
  const { firstAt } = about
  const before = firstAt === null ? [] : [...all].filter((other) => precedes(other, about, firstAt))
  before.sort((one, other) => (one.firstAt ?? 0) - (other.firstAt ?? 0))
  const line = [...before, about]
  return line.map((one, index) => ({ about: one, until: line[index + 1]?.firstAt ?? Infinity }))
}

/** The marks of a line, with one where a container took another's place. */
export function marksOf(line: readonly Generation[]): Mark[] {
  return line.flatMap(({ about, until }, index) => {
    const own = about.marks.filter(({ at }) => at < until)
    const previous = line[index - 1]?.about
    if (!previous || about.firstAt === null) return own
    return [{ kind: 'replaced' as const, at: about.firstAt, previousId: previous.id }, ...own].sort(
      (one, other) => one.at - other.at,
    )
  })
}

function precedes(other: About, about: About, firstAt: number): boolean {
  if (other.id === about.id || other.engineId !== about.engineId) return false
  if (other.firstAt === null || other.firstAt >= firstAt) return false
  return other.name === about.name || isSameReplica(other, about)
}

function isSameReplica(one: About, other: About): boolean {
  return (
    one.composeProject !== null &&
    one.composeService !== null &&
    one.composeNumber !== null &&
    one.composeProject === other.composeProject &&
    one.composeService === other.composeService &&
    one.composeNumber === other.composeNumber
  )
}
