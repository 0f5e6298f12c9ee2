import { containerStates, type ContainerState } from '../../../preload/contract/containers'
import type { Dialect } from './dialect'
import { parseEvent } from './event'

const states: ReadonlySet<string> = new Set(containerStates)

export const dockerDialect: Dialect = {
  kind: 'docker',
  cpuFormula: 'system-delta',
  containerState: (raw) => (states.has(raw) ? (raw as ContainerState) : 'exited'),
  event: parseEvent,
  createDefaults: {},
  forcedRemoval: {},
  // The daemon itself knows that 127.0.0.0/8 and localhost may lack TLS.
  pullRequest: (name, tagOrDigest) => ({
    path: '/images/create',
    query: { fromImage: name, tag: tagOrDigest },
  }),
  pushRequest: (name, tag) => ({ path: `/images/${name}/push`, query: { tag } }),
}
