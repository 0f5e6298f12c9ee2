import type { Port } from '../../preload/contract/containers'

/** The published ports, once each: engines list the same one for IPv4 and for IPv6. */
export function publishedPorts(ports: readonly Port[]): Port[] {
  const seen = new Map<string, Port>()
  for (const port of ports) {
    if (port.hostPort === null) continue
    const key = `${port.hostPort}:${port.containerPort}/${port.protocol}`
    const before = seen.get(key)
    // An IPv4 address is the one that a browser reaches for sure.
    if (!before || before.hostIp.includes(':')) seen.set(key, port)
  }
  return [...seen.values()]
}
