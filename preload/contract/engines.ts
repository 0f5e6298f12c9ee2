import { z } from 'zod'
import { absolutePath, engineScope, moment, procedure, stream } from './base'
import { diskUsageProcedure } from './diskUsage'
import { factsProcedure } from './engineFacts'
import { problem } from './errors'
import { hostKey } from './hostKeys'

/** TLS of a `tcp://` engine. The files are PEM. */
export const tlsSettings = z.object({
  /** Who vouches for the engine; null: the public authorities. */
  caFile: absolutePath.nullable(),
  /** What proves to the engine who we are: both or none. */
  certFile: absolutePath.nullable(),
  keyFile: absolutePath.nullable(),
  /** False: whoever answers is believed. Only by a person's own choice. */
  verify: z.boolean(),
})
export type TlsSettings = z.infer<typeof tlsSettings>

/** How an `ssh://` host is reached. */
export const sshSettings = z.object({
  /** A private key; null: those of the agent, and the usual files of ~/.ssh. */
  identityFile: absolutePath.nullable(),
  /** A host to go through, `user@host:port`; null: directly. */
  jump: z.string().trim().min(1).max(512).nullable(),
})
export type SshSettings = z.infer<typeof sshSettings>

/** Where an engine is, and what it takes to be let in. */
export const engineAddress = z.object({
  /** `unix:///path`, a bare path, `npipe:////./pipe/name`, `tcp://host:port`, `ssh://user@host:port/path`. */
  address: z.string().trim().min(1).max(1_024),
  tls: tlsSettings.nullable(),
  ssh: sshSettings.nullable(),
})
export type EngineAddress = z.infer<typeof engineAddress>

/** An engine that a person added. */
export const engineSettings = engineAddress.extend({
  /** Shown instead of the host's own name; empty: the host's own. */
  name: z.string().trim().max(100),
})
export type EngineSettings = z.infer<typeof engineSettings>

/** An engine that other programs know and that Longshore does not connect to by itself: it is on another host. */
export const offer = engineSettings.extend({
  /** `docker context "server"`, `podman connection "server"`. */
  foundBy: z.string(),
})
export type Offer = z.infer<typeof offer>

/** How each is reached is drawn in docs/connection.md. */
export const engineStates = [
  /** Nobody is at the address, nor was since Longshore began: connected to as soon as it starts. */
  'discovering',
  /** Somebody answers, or is there and should: the handshake, then everything is listed. */
  'connecting',
  /** What is shown is true. */
  'connected',
  /** No heartbeat: the connection is there and nothing comes. */
  'stale',
  /** It was connected, and nobody answers now. */
  'reconnecting',
  /** We are not let in, or do not trust who answers: a person has to do something. */
  'unauthorized',
  /** It speaks no API that Longshore knows. */
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
  /**
   * False for `tcp://` without TLS: whoever is between can read and change all, and whoever reaches the port
   * owns the engine's machine. True for sockets and pipes of this machine, SSH and TLS.
   */
  encrypted: z.boolean(),
  /** What the person gave when adding it; null for one that was found. */
  settings: engineSettings.nullable(),
  /** Where the endpoint was found: `DOCKER_HOST`, `context desktop-linux`, `system socket`, … */
  foundBy: z.string(),
  state: z.enum(engineStates),
  stateSince: moment,
  /** When the engine last gave a sign of life while connected: the age of what is shown. Null before. */
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

/** What `test` found out. */
export const testAnswer = z.object({
  kind: z.enum(['docker', 'podman']),
  version: z.string(),
  apiVersion: z.string(),
  platform: z.string(),
  /** From the first byte to the last answer. */
  millis: z.number(),
})
export type TestAnswer = z.infer<typeof testAnswer>

/** A place that was tried and did not answer. */
export const attempt = z.object({ foundBy: z.string(), endpoint: z.string(), problem })
export type Attempt = z.infer<typeof attempt>

export interface EnginesMessage {
  /** True while places are being tried. */
  searching: boolean
  engines: Engine[]
  /** The places tried in the last search that gave no engine, with the reason for each. */
  attempts: Attempt[]
  /** Engines of other hosts that can be added by one click. */
  offers: Offer[]
}

export const engines = {
  /** Every engine and its state; the whole (short) list at each change. */
  watch: procedure.output(stream<EnginesMessage>()),
  /** Looks for engines again. */
  search: procedure.output(z.void()),
  /** Adds an engine and connects to it, be it there or not; `conflict` where it is known already. */
  add: procedure.input(engineSettings).output(z.object({ engineId: z.string() })),
  /** Changes one that was added; with another address it is another engine. */
  change: procedure
    .input(engineScope.extend({ settings: engineSettings }))
    .output(z.object({ engineId: z.string() })),
  /** Tries an address once, without keeping anything; throws what a connection would fail of. */
  test: procedure.input(engineAddress).output(testAnswer),
  /** Forgets one. Its containers stay as they are; one that was found comes back with the next search. */
  remove: procedure.input(engineScope).output(z.void()),
  /** Tries now instead of waiting for the back-off to end. */
  reconnect: procedure.input(engineScope).output(z.void()),
  /** What an engine says of itself, see engineFacts.ts. */
  facts: factsProcedure,
  /** What it keeps on its disk, measured when asked, see diskUsage.ts. */
  diskUsage: diskUsageProcedure,
  /**
   * Trusts a host's key that a person has seen and compared, from now on; engines that wait for it connect at
   * once. A known key is never replaced: `conflict`. `not-found` for a key that the host did not show here.
   */
  trustHost: procedure.input(hostKey).output(z.void()),
}
