import type { ContainerState } from '../../preload/contract/containers'

export type StateGroup = 'running' | 'paused' | 'stopped'

/** What a container counts as: those on their way are where they come from. */
export const groupOfState: Readonly<Record<ContainerState, StateGroup>> = {
  created: 'stopped',
  running: 'running',
  paused: 'paused',
  restarting: 'running',
  stopping: 'running',
  removing: 'stopped',
  exited: 'stopped',
  dead: 'stopped',
}
