/** Where a browser reaches a published TCP port; null where it cannot. */
export function portAddress(port: {
  hostIp: string
  hostPort: number | null
  protocol: string
}): string | null {
  const { hostIp, hostPort, protocol } = port
  if (hostPort === null || protocol !== 'tcp') return null
  const everywhere = hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::'
  const host = everywhere ? 'localhost' : hostIp.includes(':') ? `[${hostIp}]` : hostIp
  return `http://${host}:${hostPort}`
}
