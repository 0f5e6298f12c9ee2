import { z } from 'zod'
import { engineScope, moment, procedure, stream } from './base'
import { problem } from './errors'

export const engineStates = [
  'connecting',
  'connected',
  'stale',
  'reconnecting',
  'unauthorized',
  'incompatible',
] as const

export const engine = z.object({
  /** Stable across restarts of the app: made from the endpoint. */
  id: z.string(),
  /** The host name the engine reports, or the endpoint until it is known. */
  name: z.string(),
  kind: z.enum(['docker', 'podman']).nullable(),
  /** `unix:///path/to.sock` or `tcp://host:port`. */
  endpoint: z.string(),
  /** Where the endpoint was found: `DOCKER_HOST`, `context desktop-linux`, `system socket`, … */
  foundBy: z.string(),
  state: z.enum(engineStates),
  stateSince: moment,
  /** When the engine last said anything: the age of what is shown. Null before the first answer. */
  lastHeardAt: moment.nullable(),
  version: z.string().nullable(),
  apiVersion: z.string().nullable(),
  /** `linux/amd64` */
  platform: z.string().nullable(),
  cpuCount: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  rootless: z.boolean(),
  /** How statistics are read, once known. */
  statsSource: z.enum(['cgroup', 'engine-api']).nullable(),
  /** Why the engine is not connected. */
  problem: problem.nullable(),
})

export type Engine = z.infer<typeof engine>
export type EngineState = Engine['state']

/** A place that was tried and did not answer. */
export const attempt = z.object({ foundBy: z.string(), endpoint: z.string(), problem })
export type Attempt = z.infer<typeof attempt>

export interface EnginesMessage {
  /** True while places are being tried. */
  searching: boolean
  engines: Engine[]
  /** The places tried in the last search that gave no engine, with the reason for each. */
  attempts: Attempt[]
}

export const engines = {
  /** Every engine and its state; the whole (short) list at each change. */
  watch: procedure.output(stream<EnginesMessage>()),
  /** Looks for engines again. */
  search: procedure.output(z.void()),
  /** Tries now instead of waiting for the back-off to end. */
  reconnect: procedure.input(engineScope).output(z.void()),
}
