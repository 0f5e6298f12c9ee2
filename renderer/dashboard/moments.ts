import type { MachineStats, StatsTick } from '../../preload/contract/stats'
import { longestSilenceMillis } from '../stats/history'
import { valueOf } from '../stats/values'

/** What some containers take together; null where none of them is known. */
export interface Usage {
  /** Percent of one core. */
  cpuPercent: number | null
  memoryBytes: number | null
}

/** What the whole engine took at one tick. */
export interface Moment {
  /** Milliseconds since 1970. */
  at: number
  machine: MachineStats
  /** By compose project; null: the containers without one. */
  projects: ReadonlyMap<string | null, Usage>
  /** By id: containers that ticked before the list of containers told of them. */
  unlisted: ReadonlyMap<string, Usage>
}

/** A container's project, null without one; undefined while the container is not known. */
export type ProjectOf = (id: string) => string | null | undefined

const minute = 60_000
export const windowMillis = 15 * minute

/** How much time is shown, up to the window. */
const spans = [1, 2, 5, 10].map((count) => count * minute)

/** The shortest round time that all moments fit in: charts that began just now are full at once. */
export function spanOf(at: readonly number[]): number {
  const length = (at.at(-1) ?? 0) - (at[0] ?? 0)
  return spans.find((span) => length <= span) ?? windowMillis
}

export function momentOf({ at, machine, containers }: StatsTick, projectOf: ProjectOf): Moment {
  const projects = new Map<string | null, Usage>()
  const unlisted = new Map<string, Usage>()
  for (const container of containers) {
    const usage = {
      cpuPercent: valueOf(container, 'cpuPercent'),
      memoryBytes: valueOf(container, 'memoryBytes'),
    }
    const project = projectOf(container.id)
    if (project === undefined) unlisted.set(container.id, usage)
    else projects.set(project, sumOf(projects.get(project), usage))
  }
  return { at, machine, projects, unlisted }
}

/**
 * Adds a moment at the end, in place, and forgets what is older than the window. What lies at or after
 * it is replaced: after a reconnect the last minute comes again, and clocks can be set back.
 */
export function appendMoment(moments: Moment[], moment: Moment) {
  while ((moments.at(-1)?.at ?? -Infinity) >= moment.at) moments.pop()
  const last = moments.at(-1)
  if (last && moment.at - last.at > longestSilenceMillis) moments.push(silenceAfter(last))
  moments.push(moment)
  const oldest = moments.findIndex(({ at }) => at >= moment.at - windowMillis)
  if (oldest > 0) moments.splice(0, oldest)
}

function silenceAfter({ at, machine }: Moment): Moment {
  const unknown = { ...machine, cpuPercent: null, memoryUsedBytes: null }
  return { at: at + 1, machine: unknown, projects: new Map([[null, nothing]]), unlisted: new Map() }
}

/** The usage by project, with those that have become known since. */
export function usageByProject(moment: Moment, projectOf: ProjectOf): Moment['projects'] {
  if (moment.unlisted.size === 0) return moment.projects
  const projects = new Map(moment.projects)
  for (const [id, usage] of moment.unlisted) {
    const project = projectOf(id) ?? null
    projects.set(project, sumOf(projects.get(project), usage))
  }
  return projects
}

/** What all containers took: nothing if there were none. */
export function totalOf({ projects, unlisted }: Moment): Usage {
  const all = [...projects.values(), ...unlisted.values()]
  return all.length === 0 ? { cpuPercent: 0, memoryBytes: 0 } : all.reduce(sumOf, nothing)
}

const nothing: Usage = { cpuPercent: null, memoryBytes: null }

function sumOf(some: Usage = nothing, more: Usage): Usage {
  return {
    cpuPercent: plus(some.cpuPercent, more.cpuPercent),
    memoryBytes: plus(some.memoryBytes, more.memoryBytes),
  }
}

const plus = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : a + b)
