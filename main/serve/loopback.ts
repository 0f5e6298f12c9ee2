import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether an IP address leads to this machine alone, IPv4 in IPv6 (`::ffff:127.0.0.1`) included. */
export function isLoopback(address: string): boolean {
  const [plain = ''] = address.split('%') // a zone: fe80::1%eth0
  const family = isIP(plain)
  return family !== 0 && loopback.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}
