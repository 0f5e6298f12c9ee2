import { z } from 'zod'
import {
  containerId,
  engineScope,
  moment,
  outcomes,
  procedure,
  stream,
  type CollectionMessage,
} from './base'
import { say } from './say'
import { pairs } from './volumes'

/**
 * A network's id: 64 digits, 25 characters for those of a swarm. Podman has no networks `host` and
 * `none`, only the words: there they are ids.
 */
export const networkId = z.string().regex(/^(?:[a-f0-9]{64}|[a-z0-9]{25}|host|none)$/)

/** Names that both engines accept for new networks (libpod's `NameRegex`). */
export const networkName = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, { error: () => say`Letters, digits, "_", "." and "-".` })

/** Names that no network can be given: they mean a way of being connected to engines. */
export const reservedNetworkNames: readonly string[] = [
  'bridge',
  'container',
  'default',
  'host',
  'none',
  'ns',
  'pasta',
  'private',
  'slirp4netns',
]

/** A container on a network. Addresses are empty while it does not run. */
export const networkMember = z.object({
  containerId,
  name: z.string(),
  ipv4: z.string(),
  ipv6: z.string(),
  mac: z.string(),
  /** Addresses that were chosen for it; it has them whenever it runs. */
  fixedIpv4: z.string(),
  fixedIpv6: z.string(),
  /** Names beside its own that it answers to on this network. */
  aliases: z.array(z.string()),
  /** It has no connection of its own: it is in the network namespace of this container. */
  joins: containerId.nullable(),
})
export type NetworkMember = z.infer<typeof networkMember>

export const networkSubnet = z.object({
  subnet: z.string(),
  /** Empty where the network has none. */
  gateway: z.string(),
  /** The part of the subnet that addresses are given from; empty: all of it. */
  range: z.string(),
})

export const network = z.object({
  id: networkId,
  name: z.string(),
  /** `bridge`, `macvlan`, `overlay`, `host`, `null` (no network), … */
  driver: z.string(),
  /** `local`, or `swarm` and `global` for those that span machines. */
  scope: z.string(),
  /** Without a way out: its containers reach each other and nothing else. */
  internal: z.boolean(),
  /** Of a swarm's: containers that are no services may be connected, too. */
  attachable: z.boolean(),
  ipv6: z.boolean(),
  subnets: z.array(networkSubnet),
  /** Of the driver. */
  options: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  /** 0 where the engine tells none. */
  createdAt: moment,
  /** Comes with the engine: it cannot be removed. */
  builtIn: z.boolean(),
  /** Its containers find each other by their names and aliases. */
  resolvesNames: z.boolean(),
  composeProject: z.string().nullable(),
  /** Running or not, by name. */
  members: z.array(networkMember),
})
export type Network = z.infer<typeof network>

export const networkDetails = z.object({
  id: z.string(),
  /** Values whose names look secret are masked unless `reveal` was asked for. */
  labels: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  options: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  /** The engine's own answer, indented JSON, with the same values masked. */
  inspectJson: z.string(),
})
export type NetworkDetails = z.infer<typeof networkDetails>

export const subnetSetting = z.object({
  subnet: z.union([z.cidrv4(), z.cidrv6()]),
  /** Null: the engine takes the first address. */
  gateway: z.union([z.ipv4(), z.ipv6()]).nullable().default(null),
  /** Null: addresses are given from the whole subnet. */
  range: z.union([z.cidrv4(), z.cidrv6()]).nullable().default(null),
})

export const createNetworkInput = engineScope.extend({
  name: networkName,
  driver: z
    .string()
    .max(255)
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_./:-]*$/, { error: () => say`The name of a network driver.` })
    .default('bridge'),
  /** Empty: the engine takes one that is free. */
  subnets: z.array(subnetSetting).max(20).default([]),
  internal: z.boolean().default(false),
  attachable: z.boolean().default(false),
  ipv6: z.boolean().default(false),
  options: pairs.default([]),
  labels: pairs.default([]),
})
export type NetworkSettings = Omit<z.output<typeof createNetworkInput>, 'engineId'>

/** Names of a container on a network: what a DNS label may hold, in parts. */
export const networkAlias = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$/, {
    error: () => say`Letters, digits, "-", "_" and ".".`,
  })

const oneNetwork = engineScope.extend({ id: networkId })
const connection = oneNetwork.extend({ containerId })

export const connectInput = connection.extend({
  aliases: z.array(networkAlias).max(100).default([]),
  /** Addresses of the network's subnets; null: the network gives them. */
  ipv4: z.ipv4().nullable().default(null),
  ipv6: z.ipv6().nullable().default(null),
})
export type ConnectInput = z.input<typeof connectInput>

const someNetworks = engineScope.extend({ ids: z.array(networkId).min(1).max(5_000) })

export const networks = {
  watch: procedure.input(engineScope).output(stream<CollectionMessage<Network>>()),
  inspect: procedure
    .input(oneNetwork.extend({ reveal: z.boolean().default(false) }))
    .output(networkDetails),
  /** Makes a network; what `networkProblems` calls an error is `invalid-input`. */
  create: procedure.input(createNetworkInput).output(z.object({ id: networkId })),
  /** Removes networks; one with containers, running or not, is refused (`conflict`). */
  remove: procedure.input(someNetworks).output(outcomes),
  /** Connects a container, at once where it runs. */
  connect: procedure.input(connectInput).output(z.void()),
  /** Takes a container off a network. */
  disconnect: procedure.input(connection).output(z.void()),
}
