import type { PortSetting } from '../../../../preload/contract/containerSettings'
import { splitCsv, splitPair } from './csv'

/** What `-p` says: one port, or several of a range. `firstOfRange`: the engine was to choose one of several. */
export interface Published {
  ports: PortSetting[]
  firstOfRange: boolean
}

const protocols = ['tcp', 'udp', 'sctp'] as const

/** `80`, `8080:80`, `127.0.0.1:8080:80/udp`, `[::1]::80`, ranges, and `published=8080,target=80`. */
export function readPublish(text: string): Published | null {
  if (text.includes('=')) return readPublish(standardForm(text))
  const [place, protocolText] = splitPair(text, '/')
  const protocol = protocols.find((known) => known === (protocolText ?? 'tcp').toLowerCase())
  const parts = /^(?:(\[[^\]]+\]|[^:]*):)?(?:([\d-]*):)?([\d-]+)$/.exec(place)
  if (protocol === undefined || parts === null) return null
  // `8080:80`: what stands before the only colon is a port.
  const [, first, second, container = ''] = parts
  const isPair = second === undefined && first !== undefined
  const address = isPair ? '' : (first ?? '').replace(/^\[|\]$/g, '')
  const inside = rangeOf(container)
  const outside = rangeOf((isPair ? first : second) ?? '')
  if (inside === null || outside === 'bad' || inside === 'bad') return null
  return publish(inside, outside, { hostIp: address, protocol })
}

type Range = [from: number, to: number]

function publish(
  [from, to]: Range,
  outside: Range | null,
  more: Pick<PortSetting, 'hostIp' | 'protocol'>,
): Published | null {
  const count = to - from + 1
  const hostCount = outside === null ? count : outside[1] - outside[0] + 1
  if (count > 1_000 || (count > 1 && hostCount !== count)) return null
  const ports = Array.from({ length: count }, (_none, index) => ({
    hostIp: more.hostIp,
    hostPort: outside === null ? null : outside[0] + index,
    containerPort: from + index,
    protocol: more.protocol,
  }))
  return { ports, firstOfRange: hostCount > count }
}

/** `8000-8010`; null for nothing. */
function rangeOf(text: string): Range | 'bad' | null {
  if (text === '') return null
  const parts = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text)
  if (parts === null) return 'bad'
  const from = Number(parts[1])
  const to = Number(parts[2] ?? parts[1])
  return from >= 1 && to >= from && to <= 65_535 ? [from, to] : 'bad'
}

function standardForm(text: string): string {
  const given = new Map(splitCsv(text).map((field) => splitPair(field)))
  const published = given.get('published')
  const host = published == null ? '' : `${published}:`
  return `${host}${given.get('target') ?? ''}/${given.get('protocol') ?? 'tcp'}`
}

/** The shortest text that says this port. */
export function writePublish({ hostIp, hostPort, containerPort, protocol }: PortSetting): string {
  const tail = protocol === 'tcp' ? '' : `/${protocol}`
  const host = hostPort ?? ''
  if (hostIp !== '') {
    const address = hostIp.includes(':') ? `[${hostIp}]` : hostIp
    return `${address}:${host}:${containerPort}${tail}`
  }
  return `${hostPort === null ? '' : `${host}:`}${containerPort}${tail}`
}
