import type { Container, ContainerState } from '../../preload/contract/containers'

/** What can be done to one or many containers at once. */
export const actions = ['start', 'stop', 'restart', 'pause', 'unpause', 'kill'] as const
export type Action = (typeof actions)[number]

const possible: Readonly<
  Record<Action | 'remove' | 'rename' | 'limits' | 'recreate', readonly ContainerState[]>
> = {
  start: ['created', 'exited'],
  stop: ['running', 'paused', 'restarting'],
  restart: ['running', 'exited', 'restarting'],
  pause: ['running'],
  unpause: ['paused'],
  kill: ['running', 'paused', 'restarting', 'stopping'],
  remove: ['created', 'running', 'paused', 'restarting', 'stopping', 'exited', 'dead'],
  rename: ['created', 'running', 'paused', 'restarting', 'stopping', 'exited'],
  limits: ['created', 'running', 'paused', 'restarting', 'exited'],
  recreate: ['created', 'running', 'paused', 'restarting', 'exited'],
}

/** Whether an action makes sense for a container in this state. */
export function isPossible(action: keyof typeof possible, state: ContainerState): boolean {
  return possible[action].includes(state)
}

/** The containers that an action would change; the others are left alone. */
export function changedBy(
  action: Action | 'remove',
  containers: readonly Container[],
): readonly Container[] {
  return containers.filter(({ state }) => isPossible(action, state))
}
