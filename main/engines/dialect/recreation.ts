import { z } from 'zod'
import type { InspectedContainer, InspectedEndpoint, InspectedHost } from './inspection'

/** Addresses in a network that the person chose, as requests give them. */
export interface FixedAddresses {
  IPAMConfig?: Record<string, unknown>
  MacAddress?: string
}

/** How an engine tells the settings of a container, for making the same one again. */
export interface RecreationDialect {
  /** An answer that tells more than the compatible one; null: there is none. */
  moreDetails: ((id: string) => string) | null
  /**
   * What was told, as a create request takes it: the engine's own additions are taken out.
   *
   * @param more The answer of `moreDetails`.
   */
  settings(told: InspectedContainer, more: unknown): InspectedContainer
  /** False: chosen addresses cannot be told from those that a network gave. */
  tellsFixedAddresses: boolean
  /**
   * @param configuredMac What the container's configuration says of its first network.
   * @param keepUntold Addresses that may be chosen ones are kept as they are.
   */
  fixedAddresses(
    endpoint: InspectedEndpoint,
    options: { configuredMac: string | null | undefined; keepUntold: boolean },
  ): FixedAddresses
  /** Why it cannot be made again; null: it can. */
  isInPod(more: unknown): boolean
}

export const dockerRecreation: RecreationDialect = {
  moreDetails: null,
  settings: (told) => told,
  tellsFixedAddresses: true,
  fixedAddresses({ IPAMConfig, MacAddress, IPAddress }, { configuredMac }) {
    // From API 1.44 on networks have it. Docker made it out of the address until version 28.
    const mac = configuredMac || (isMadeOf(MacAddress, IPAddress) ? null : MacAddress)
    return {
      ...(IPAMConfig && Object.keys(IPAMConfig).length > 0 && { IPAMConfig }),
      ...(mac && { MacAddress: mac }),
    }
  },
  isInPod: () => false,
}

/** moby libnetwork netutils `GenerateMACFromIP`: 02:42 and the four bytes of the address. */
function isMadeOf(mac: string | null | undefined, address: string | null | undefined): boolean {
  const bytes = (address ?? '').split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))
  return mac === ['02', '42', ...bytes].join(':')
}

const libpodDetails = z.object({
  Pod: z.string().nullish(),
  HostConfig: z.object({
    CgroupMode: z.string().nullish(),
    LogConfig: z.object({ Size: z.string().nullish(), Tag: z.string().nullish() }).nullish(),
  }),
})

export const podmanRecreation: RecreationDialect = {
  moreDetails: (id) => `/libpod/containers/${id}/json`,
  settings(told, more) {
    const { Config: config, HostConfig: host } = told
    return {
      ...told,
      Config: {
        ...config,
        Env: config.Env?.filter((line) => !isPodmans(line, config.Hostname ?? '')),
      },
      HostConfig: { ...host, ...hostSettings(host), ...libpodSettings(host, more) },
    }
  },
  tellsFixedAddresses: false,
  fixedAddresses({ IPAddress, GlobalIPv6Address, MacAddress }, { keepUntold }) {
    if (!keepUntold) return {}
    const addresses = {
      ...(IPAddress && { IPv4Address: IPAddress }),
      ...(GlobalIPv6Address && { IPv6Address: GlobalIPv6Address }),
    }
    return {
      ...(Object.keys(addresses).length > 0 && { IPAMConfig: addresses }),
      ...(MacAddress && { MacAddress }),
    }
  },
  isInPod: (more) => Boolean(libpodDetails.safeParse(more).data?.Pod),
}

/** What Podman puts into every environment (libpod/container_internal_linux.go, pkg/env). */
function isPodmans(line: string, hostname: string): boolean {
  return [
    'TERM=xterm',
    'container=podman',
    'HOME=/root',
    'HOME=/',
    `HOSTNAME=${hostname}`,
  ].includes(line)
}

const deviceSchema = z.array(z.looseObject({ CgroupPermissions: z.string().nullish() }))
const ulimitSchema = z.array(z.looseObject({ Name: z.string() }))

/** The compatible create route does not take all that the compatible inspection tells. */
function hostSettings(host: InspectedHost): Record<string, unknown> {
  const given = (mode: unknown) => (mode === 'private' || mode === 'shareable' ? '' : mode)
  const swappiness = host.MemorySwappiness
  return {
    // Both are told, one may be given.
    NanoCpus: host.CpuQuota ? 0 : host.NanoCpus,
    // -1 and 0 where nothing was said.
    MemorySwappiness: typeof swappiness === 'number' && swappiness > 0 ? swappiness : null,
    Ulimits: ulimitSchema
      .catch([])
      .parse(host.Ulimits)
      .map((limit) => ({ ...limit, Name: limit.Name.replace(/^RLIMIT_/, '').toLowerCase() })),
    Devices: deviceSchema
      .catch([])
      .parse(host.Devices)
      .map((device) => ({ ...device, CgroupPermissions: device.CgroupPermissions || 'rwm' })),
    PidMode: given(host.PidMode),
    UTSMode: given(host.UTSMode),
    IpcMode: given(host.IpcMode),
    // `oci`, whichever it is.
    Runtime: '',
  }
}

function libpodSettings(host: InspectedHost, more: unknown): Record<string, unknown> {
  const details = libpodDetails.safeParse(more).data?.HostConfig
  const { Size: size, Tag: tag } = details?.LogConfig ?? {}
  const logOptions = {
    ...(size && size !== '0B' && { 'max-size': size }),
    ...(tag && { tag }),
  }
  return {
    LogConfig: { ...asObject(host.LogConfig), Config: logOptions },
    ...(details?.CgroupMode && { CgroupnsMode: details.CgroupMode }),
  }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
