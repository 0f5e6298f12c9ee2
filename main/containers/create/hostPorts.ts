import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { PortSetting } from '../../../preload/contract/containerSettings'
import { systemCodeOf } from '../../systemFiles'

export type PortState = 'free' | 'taken' | 'no-such-address'

type Place = Pick<PortSetting, 'hostIp' | 'protocol'>

/**
 * Whether a program of this machine listens at a port, found by listening there for a moment. What this
 * user may not try (ports below 1024, SCTP) counts as free: the engine may have more rights.
 */
export async function portState({ hostIp, protocol }: Place, port: number): Promise<PortState> {
  if (protocol === 'sctp') return 'free'
  try {
    await (protocol === 'udp' ? tryUdp(hostIp, port) : tryTcp(hostIp, port))
    return 'free'
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === 'EADDRINUSE') return 'taken'
    return code === 'EADDRNOTAVAIL' ? 'no-such-address' : 'free'
  }
}

function tryTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, ...(host !== '' && { host }), exclusive: true }, () => {
      server.close(() => resolve())
    })
  })
}

function tryUdp(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind({ port, ...(address !== '' && { address }), exclusive: true }, () => {
      socket.close(() => resolve())
    })
  })
}
