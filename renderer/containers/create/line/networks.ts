import type { NetworkSetting } from '../../../../preload/contract/containerSettings'
import { splitCsv, splitPair } from './csv'

export interface ReadNetwork {
  network: NetworkSetting
  /** Options that have no place in the settings. */
  left: string[]
}

/** `front`, Docker's `name=front,alias=web,ip=…` and Podman's `front:alias=web,ip=…`. */
export function readNetwork(text: string, isPodman: boolean): ReadNetwork | null {
  const isAlone = text.startsWith('container:')
  const [plain, podmanOptions] = isAlone || !isPodman ? [text, null] : splitPair(text, ':')
  if (podmanOptions !== null) return withOptions(plain, splitCsv(podmanOptions))
  if (!text.includes('=') || isAlone) return withOptions(text, [])
  const fields = splitCsv(text)
  const name = fields.map((field) => splitPair(field)).find(([key]) => key === 'name')?.[1]
  return withOptions(
    name ?? '',
    fields.filter((field) => !field.startsWith('name=')),
  )
}

/** A network by its name, with options such as `alias=web`, `ip=…` and `ip6=…`. */
export function withOptions(name: string, options: string[]): ReadNetwork | null {
  if (name === '') return null
  const network: NetworkSetting = { name, aliases: [], ipv4Address: null, ipv6Address: null }
  const left: string[] = []
  for (const option of options) {
    const [key, value] = splitPair(option)
    if (key === 'alias' && value) network.aliases.push(value)
    else if (key === 'ip6' && value) network.ipv6Address = value
    // Podman has one name for both.
    else if (key === 'ip' && value?.includes(':')) network.ipv6Address = value
    else if (key === 'ip' && value) network.ipv4Address = value
    else left.push(option)
  }
  return { network, left }
}

/** The text of one of several networks. */
export function writeNetwork(network: NetworkSetting, isPodman: boolean): string {
  const { name, aliases, ipv4Address, ipv6Address } = network
  const options = [
    ...aliases.map((alias) => `alias=${alias}`),
    ...(ipv4Address === null ? [] : [`ip=${ipv4Address}`]),
    ...(ipv6Address === null ? [] : [`${isPodman ? 'ip' : 'ip6'}=${ipv6Address}`]),
  ]
  if (options.length === 0) return name
  return isPodman ? `${name}:${options.join(',')}` : [`name=${name}`, ...options].join(',')
}
