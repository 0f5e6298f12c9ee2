import type { ContainerInfo, ContainerInspectInfo } from 'dockerode'
import { stringsOf } from '../engines/answers'

/** A container's connection to one network, as its own settings tell it. */
export interface Endpoint {
  /** The network's name, or its id where the container was made by it. */
  network: string
  /** Empty before a first start on Docker; the name on Podman. */
  networkId: string
  /** Addresses are empty while the container does not run. */
  ipv4: string
  ipv6: string
  mac: string
  fixedIpv4: string
  fixedIpv6: string
  aliases: string[]
}

/** How a container is connected. */
export interface Attachments {
  /** The container's id. */
  id: string
  /** The container whose network namespace it is in. */
  joins: string | null
  endpoints: Endpoint[]
}

/** Out of a row of `GET /containers/json`, which Docker gives without aliases, Podman without the mode. */
export function attachmentsFromList(info: ContainerInfo): Attachments {
  const networks = info.NetworkSettings as ContainerInfo['NetworkSettings'] | null
  const host = info.HostConfig as ContainerInfo['HostConfig'] | null
  return attachmentsOf(info.Id, host?.NetworkMode ?? '', networks?.Networks)
}

/** Out of the answer of `GET /containers/{id}/json`. */
export function attachmentsFromInspect(info: ContainerInspectInfo): Attachments {
  return attachmentsOf(info.Id, info.HostConfig.NetworkMode ?? '', info.NetworkSettings.Networks)
}

interface RawEndpoint {
  NetworkID?: string
  IPAddress?: string
  GlobalIPv6Address?: string
  MacAddress?: string
  Aliases?: unknown
  IPAMConfig?: { IPv4Address?: string; IPv6Address?: string } | null
}

function attachmentsOf(
  id: string,
  mode: string,
  networks: Record<string, RawEndpoint> | null | undefined,
): Attachments {
  const joins = /^container:(.+)$/.exec(mode)?.[1] ?? null
  // Podman tells the other container's connections as its own.
  if (joins !== null) return { id, joins, endpoints: [] }
  const endpoints = Object.entries(networks ?? {}).map(([network, raw]) => ({
    network,
    networkId: raw.NetworkID ?? '',
    ipv4: raw.IPAddress ?? '',
    ipv6: raw.GlobalIPv6Address ?? '',
    mac: raw.MacAddress ?? '',
    fixedIpv4: raw.IPAMConfig?.IPv4Address ?? '',
    fixedIpv6: raw.IPAMConfig?.IPv6Address ?? '',
    // Engines add the short id by themselves.
    aliases: stringsOf(raw.Aliases).filter((alias) => !id.startsWith(alias)),
  }))
  if (endpoints.length === 0 && (mode === 'host' || mode === 'none')) {
    endpoints.push({ ...withoutAddresses, network: mode })
  }
  return { id, joins, endpoints }
}

const withoutAddresses: Endpoint = {
  network: '',
  networkId: '',
  ipv4: '',
  ipv6: '',
  mac: '',
  fixedIpv4: '',
  fixedIpv6: '',
  aliases: [],
}
