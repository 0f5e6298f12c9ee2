import type { Container } from '../../preload/contract/containers'

/** What removing some containers takes with it, and what it leaves. */
export interface Removal {
  /** Those that would have to be killed first. */
  alive: readonly Container[]
  /** Names of the volumes that stay. */
  namedVolumes: readonly string[]
  /** Volumes without a name of their own: they go only when asked to. */
  anonymousVolumes: readonly string[]
}

const aliveStates: readonly Container['state'][] = ['running', 'paused', 'restarting', 'stopping']

export function describeRemoval(containers: readonly Container[]): Removal {
  const volumes = containers
    .flatMap(({ mounts }) => mounts)
    .filter(({ type, name }) => type === 'volume' && name !== '')
  const namesOf = (anonymous: boolean) => [
    ...new Set(volumes.filter((volume) => volume.anonymous === anonymous).map(({ name }) => name)),
  ]
  return {
    alive: containers.filter(({ state }) => aliveStates.includes(state)),
    namedVolumes: namesOf(false),
    anonymousVolumes: namesOf(true),
  }
}
