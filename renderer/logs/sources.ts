import type { Container } from '../../preload/contract/containers'
import { MOST_MERGED } from '../../preload/contract/logs'
import { seriesColours } from '../stats/useCanvasColours'

/** One of the containers whose lines are in a log. */
export interface LogSource {
  id: string
  name: string
  /** A colour of CSS; its name always stands beside it. */
  colour: string
}

export function sourceColour(index: number): string {
  return `var(--${seriesColours[index % seriesColours.length] ?? 'text'})`
}

/** The colour of its name: nearer to the text's, so that small letters can be read. */
export function nameColour({ colour }: LogSource): string {
  return `color-mix(in oklab, ${colour} 75%, var(--text))`
}

/** Where the logs of some containers are shown together. */
export function logsPath(containers: readonly { id: string }[]) {
  const ids = containers.slice(0, MOST_MERGED).map(({ id }) => id)
  return { path: '/logs', query: { ids: ids.join(',') } }
}

/** A name for the file that a container's log goes to: `web.log`. */
export function logFileName(container: string): string {
  return `${container.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100) || 'container'}.log`
}

/** The containers of a compose project, in the order of their names. */
export function containersOfProject(
  containers: readonly Container[],
  project: string,
): Container[] {
  return containers
    .filter(({ composeProject }) => composeProject === project)
    .sort((a, b) => a.name.localeCompare(b.name))
}
