import type { ContainerState } from '../../../preload/contract/containers'
import type { Dialect } from './dialect'
import { parseEvent } from './event'

/** libpod's own words (libpod/define/containerstate.go) in Docker's. */
const states: Record<string, ContainerState> = {
  configured: 'created',
  initialized: 'created',
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  stopping: 'stopping',
  removing: 'removing',
  stopped: 'exited',
  exited: 'exited',
  bad: 'dead',
  unknown: 'dead',
}

/** Events that Podman calls otherwise than Docker. */
const actions: Record<string, string> = { died: 'die', remove: 'destroy', cleanup: 'die' }

export const podmanDialect: Dialect = {
  kind: 'podman',
  cpuFormula: 'wall-clock',
  containerState: (raw) => states[raw.toLowerCase()] ?? 'dead',
  event(raw) {
    const event = parseEvent(raw)
    if (event?.type !== 'container') return event
    return { ...event, action: actions[event.action] ?? event.action }
  },
  registryQuery: ({ plainHttp }) => (plainHttp ? { tlsVerify: 'false' } : {}),
  // Without it Podman 4.3's compatible API makes containers that are killed the moment they are stopped.
  createDefaults: { StopTimeout: 10 },
  // Podman joins name and tag with ":" whatever the tag is, so a digest goes into the name.
  pullQuery: (name, tag) =>
    tag.includes(':') ? { fromImage: `${name}@${tag}` } : { fromImage: name, tag },
}
