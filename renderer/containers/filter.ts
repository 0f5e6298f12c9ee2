import type { Container } from '../../preload/contract/containers'

export const filters = ['all', 'running', 'stopped', 'paused', 'unhealthy', 'outdated'] as const
export type Filter = (typeof filters)[number]

const fits: Readonly<Record<Filter, (container: Container) => boolean>> = {
  all: () => true,
  running: ({ state }) => state === 'running',
  stopped: ({ state }) => state === 'created' || state === 'exited' || state === 'dead',
  paused: ({ state }) => state === 'paused',
  unhealthy: ({ health, state }) =>
    health === 'unhealthy' || state === 'restarting' || state === 'dead',
  outdated: ({ newerImageId }) => newerImageId !== null,
}

/** A remembered filter's name; `all` for one that is not known (any more). */
export function toFilter(name: string | null): Filter {
  return filters.find((filter) => filter === name) ?? 'all'
}

/** The containers that a filter shows and in which every searched word occurs. */
export function filterContainers(
  containers: readonly Container[],
  filter: Filter,
  search: string,
): Container[] {
  const fitting = containerFilter(filter, search)
  return containers.filter((container) => fitting(container))
}

/**
 * Whether a container is shown by a filter and every searched word occurs in it, or in what is told `beside` it:
 * its engine's name.
 */
export function containerFilter(filter: Filter, search: string) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return (container: Container, beside = ''): boolean => {
    if (!fits[filter](container)) return false
    if (wanted.length === 0) return true
    const text = `${searched(container)} ${beside.toLowerCase()}`
    return wanted.every((word) => text.includes(word))
  }
}

function searched(container: Container): string {
  const { id, name, image, composeProject, composeService, ports } = container
  const numbers = ports.map(({ hostPort }) => hostPort ?? '')
  return [name, image, id.slice(0, 12), composeProject ?? '', composeService ?? '', ...numbers]
    .join(' ')
    .toLowerCase()
}
