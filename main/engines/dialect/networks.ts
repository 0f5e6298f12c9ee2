import { z } from 'zod'
import type { Network } from '../../../preload/contract/networks'

/** What an engine's list tells of a network. */
export type ListedNetwork = Omit<Network, 'members' | 'composeProject'>

export interface NetworksDialect {
  listPath: string
  /** Reads the answer to `listPath`, all networks in one; `host` and `none` among them. */
  list(raw: unknown): ListedNetwork[]
  /** Null where the engine has no more to say than the list. */
  inspectPath(id: string): string | null
  /** The engine sends events of networks that are made and removed. */
  tellsChanges: boolean
}

const texts = z.record(z.string(), z.string()).nullish()

const dockerList = z.array(
  z.looseObject({
    Name: z.string(),
    Id: z.string(),
    Created: z.string().nullish(),
    Scope: z.string().nullish(),
    Driver: z.string(),
    EnableIPv6: z.boolean().nullish(),
    IPAM: z
      .looseObject({
        Config: z
          .array(
            z.looseObject({
              Subnet: z.string().nullish(),
              Gateway: z.string().nullish(),
              IPRange: z.string().nullish(),
            }),
          )
          .nullish(),
      })
      .nullish(),
    Internal: z.boolean().nullish(),
    Attachable: z.boolean().nullish(),
    ConfigOnly: z.boolean().nullish(),
    Options: texts,
    Labels: texts,
  }),
)

/** moby runconfig/hostconfig_unix.go, `IsPreDefinedNetwork`. */
const predefined = new Set(['bridge', 'host', 'none'])

export const dockerNetworks: NetworksDialect = {
  listPath: '/networks',
  inspectPath: (id) => `/networks/${id}`,
  tellsChanges: true,
  list: (raw) =>
    dockerList.parse(raw).map((listed) => ({
      id: listed.Id,
      name: listed.Name,
      driver: listed.Driver,
      scope: listed.Scope ?? 'local',
      internal: listed.Internal ?? false,
      attachable: listed.Attachable ?? false,
      ipv6: listed.EnableIPv6 ?? false,
      subnets: (listed.IPAM?.Config ?? []).map(({ Subnet, Gateway, IPRange }) => ({
        subnet: Subnet ?? '',
        gateway: Gateway ?? '',
        range: IPRange ?? '',
      })),
      options: { ...listed.Options },
      labels: { ...listed.Labels },
      createdAt: Date.parse(listed.Created ?? '') || 0,
      builtIn: predefined.has(listed.Name),
      // The engine's own DNS server answers on all but these.
      resolvesNames: !predefined.has(listed.Name) && !listed.ConfigOnly,
    })),
}

const podmanList = z.array(
  z.looseObject({
    name: z.string(),
    id: z.string(),
    driver: z.string(),
    created: z.string().nullish(),
    subnets: z
      .array(
        z.looseObject({
          subnet: z.string(),
          gateway: z.string().nullish(),
          lease_range: z
            .looseObject({ start_ip: z.string().nullish(), end_ip: z.string().nullish() })
            .nullish(),
        }),
      )
      .nullish(),
    ipv6_enabled: z.boolean().nullish(),
    internal: z.boolean().nullish(),
    dns_enabled: z.boolean().nullish(),
    options: texts,
    labels: texts,
  }),
)

/** The ways of being connected that are networks on Docker, and only words on Podman. */
const withoutNetwork = (name: 'host' | 'none'): ListedNetwork => ({
  id: name,
  name,
  driver: name === 'none' ? 'null' : name,
  scope: 'local',
  internal: false,
  attachable: false,
  ipv6: false,
  subnets: [],
  options: {},
  labels: {},
  createdAt: 0,
  builtIn: true,
  resolvesNames: false,
})

export const podmanNetworks: NetworksDialect = {
  // The compatible route calls the default network `bridge`, and does not tell whether names are resolved.
  listPath: '/libpod/networks/json',
  inspectPath: (id) => (id === 'host' || id === 'none' ? null : `/libpod/networks/${id}/json`),
  // From 5.4 on, where its log of events keeps them (podman #24412, #26861).
  tellsChanges: false,
  list: (raw) => [
    ...podmanList.parse(raw).map((listed) => ({
      id: listed.id,
      name: listed.name,
      driver: listed.driver,
      scope: 'local',
      internal: listed.internal ?? false,
      attachable: false,
      ipv6: listed.ipv6_enabled ?? false,
      subnets: (listed.subnets ?? []).map(({ subnet, gateway, lease_range }) => ({
        subnet,
        gateway: gateway ?? '',
        range: lease_range ? `${lease_range.start_ip ?? ''} – ${lease_range.end_ip ?? ''}` : '',
      })),
      options: { ...listed.options },
      labels: { ...listed.labels },
      createdAt: Date.parse(listed.created ?? '') || 0,
      builtIn: listed.name === 'podman',
      resolvesNames: listed.dns_enabled ?? false,
    })),
    withoutNetwork('host'),
    withoutNetwork('none'),
  ],
}
