import { execFileSync } from 'node:child_process'
import { mkdtempSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { startDaemon } from './daemon'
import { recordAddresses, sweep } from './folder'
import { chooseAddressBlock, divide, makeBridge } from './network'

/** Another host, as far as the network goes. */
export interface OtherHost {
  address: string
  /** Pulls the cable: packets vanish on their way, and nothing is closed. */
  cut(): void
  /** Puts it back. */
  join(): void
  stop(): Promise<void>
}

/** Listens on every address of that host and passes on to a unix socket, which all hosts of this machine share. */
const FORWARDER = `
import { connect, createServer } from 'node:net'
const [port, path] = process.argv.slice(1)
createServer({ allowHalfOpen: true }, (client) => {
  const upstream = connect({ path, allowHalfOpen: true })
  for (const end of [client, upstream]) {
    end.on('error', () => undefined)
    end.on('close', () => {
      client.destroy()
      upstream.destroy()
    })
  }
  client.pipe(upstream).pipe(client)
}).listen(Number(port), () => console.log('listening'))
`

/**
 * Makes a network namespace that a bridge of this host leads to, in which a port leads to a unix socket. The
 * namespace lives as long as the process in it, and its end of the cable with it: nothing outlives a crash but the
 * bridge, which is swept by its address.
 *
 * @param parent An existing folder below the bed's.
 */
export async function startOtherHost(
  parent: string,
  { port, socket }: { port: number; socket: string },
): Promise<OtherHost> {
  const folder = mkdtempSync(join(parent, 'host-'))
  const block = chooseAddressBlock()
  recordAddresses(folder, block)
  const name = folder.slice(-6)
  const [bridge, cable] = [`lsb-${name}`, `lsc-${name}`]
  makeBridge(bridge, block)
  const daemon = startDaemon(
    'unshare',
    [
      '--net',
      process.execPath,
      '--input-type=module',
      '--eval',
      FORWARDER,
      '--',
      `${port}`,
      socket,
    ],
    { folder, logFile: join(folder, 'host.log') },
  )
  const address = divide(block).gateway.replace(/1$/, '2')
  const here = readlinkSync('/proc/self/ns/net')
  // unshare becomes the program, in a namespace of its own a moment later.
  await daemon.ready(() => (readlinkSync(`/proc/${daemon.pid}/ns/net`) === here ? null : true))
  const inside = (...args: string[]) =>
    execFileSync('nsenter', [`--net=/proc/${daemon.pid}/ns/net`, '--', 'ip', ...args])
  const peer = ['peer', 'name', 'eth0', 'netns', `${daemon.pid}`]
  execFileSync('ip', ['link', 'add', cable, 'type', 'veth', ...peer])
  execFileSync('ip', ['link', 'set', cable, 'master', bridge, 'up'])
  inside('addr', 'add', `${address}/24`, 'dev', 'eth0')
  inside('link', 'set', 'eth0', 'up')
  const [link] = JSON.parse(inside('-json', 'link', 'show', 'eth0').toString()) as {
    address: string
  }[]
  // As beyond a router: that the other host is gone is not noticed by asking for its hardware address.
  const neighbour = ['lladdr', link?.address ?? '', 'nud', 'permanent']
  execFileSync('ip', ['neigh', 'replace', address, 'dev', bridge, ...neighbour])
  return {
    address,
    cut: () => void execFileSync('ip', ['link', 'set', cable, 'down']),
    join: () => void execFileSync('ip', ['link', 'set', cable, 'up']),
    async stop() {
      sweep(folder)
      await daemon.ended
    },
  }
}
