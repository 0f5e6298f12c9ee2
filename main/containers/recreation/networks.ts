import type { FixedAddresses } from '../../engines/dialect/recreation'
import type { InspectedContainer, InspectedEndpoint } from '../../engines/dialect/inspection'

/** What a container asks of a network: never what the network gave it by itself. */
export interface NetworkWish {
  name: string
  settings: {
    Aliases?: string[]
    Links?: string[]
    DriverOpts?: Record<string, string>
  } & FixedAddresses
}

export interface NetworkWishes {
  /** What the new container is created with. */
  mode: string
  /** The network that it has from the beginning; null: none, or the engine's default one. */
  first: NetworkWish | null
  /** Those that it is connected to before it is started. */
  others: NetworkWish[]
  /** One that the old container was taken off; null: none. */
  leave: string | null
}

/** The part of a create body that says how the container is on its first network; empty: in no special way. */
export function networkingConfig(first: NetworkWish | null) {
  if (first === null || Object.keys(first.settings).length === 0) return {}
  return { NetworkingConfig: { EndpointsConfig: { [first.name]: first.settings } } }
}

type AddressesOf = (endpoint: InspectedEndpoint, isFirst: boolean) => FixedAddresses

export function networkWishes(
  container: InspectedContainer,
  fixedAddresses: AddressesOf,
): NetworkWishes {
  const mode = container.HostConfig.NetworkMode || 'default'
  if (!isOwn(mode)) return { mode, first: null, others: [], leave: null }
  const endpoints = new Map(Object.entries(container.NetworkSettings.Networks ?? {}))
  const names = [...endpoints.keys()]
  const usual = mode === 'default' ? 'bridge' : mode
  const firstName = endpoints.has(usual) ? usual : names[0]
  if (firstName === undefined) return { mode, first: null, others: [], leave: usual }

  const wishes = names.map((name): NetworkWish => {
    const settings = settingsOf(endpoints.get(name) ?? {}, container)
    return {
      name,
      settings: { ...settings, ...fixedAddresses(endpoints.get(name) ?? {}, name === firstName) },
    }
  })
  return {
    // Podman calls every network of its own so; Docker wants the first one's name.
    mode: firstName === usual || mode === 'bridge' ? mode : firstName,
    first: wishes.find(({ name }) => name === firstName) ?? null,
    others: wishes.filter(({ name }) => name !== firstName),
    leave: null,
  }
}

/** True for a container with a network stack of its own that the engine connects to networks. */
function isOwn(mode: string): boolean {
  return !/^(?:host$|none$|container:|ns:|slirp4netns|pasta)/.test(mode)
}

function settingsOf(
  endpoint: InspectedEndpoint,
  { Id, Config }: InspectedContainer,
): NetworkWish['settings'] {
  // Engines add the id's beginning and the host name by themselves.
  const aliases = (endpoint.Aliases ?? []).filter(
    (alias) => alias !== Id.slice(0, 12) && alias !== Config.Hostname,
  )
  const { Links: links, DriverOpts: options } = endpoint
  return {
    ...(aliases.length > 0 && { Aliases: aliases }),
    ...(links && links.length > 0 && { Links: links }),
    ...(options && Object.keys(options).length > 0 && { DriverOpts: options }),
  }
}
