import { containerStates, type ContainerState } from '../../../preload/contract/containers'
import type { Dialect } from './dialect'
import { parseEvent } from './event'

const states: ReadonlySet<string> = new Set(containerStates)

export const dockerDialect: Dialect = {
  kind: 'docker',
  cpuFormula: 'system-delta',
  containerState: (raw) => (states.has(raw) ? (raw as ContainerState) : 'exited'),
  event: parseEvent,
  // The daemon itself takes 127.0.0.0/8 and localhost for plain HTTP.
  registryQuery: () => ({}),
  createDefaults: {},
  pullQuery: (name, tag) => ({ fromImage: name, tag }),
}
