import { execFileSync, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { BlockList, createServer, isIPv4, type AddressInfo } from 'node:net'
import { waitForSync } from './waiting'

/**
 * The addresses of one engine: `10.x.y.0/20`. Its bridge takes the first /24, the networks it makes
 * later come out of the upper half. All that an engine leaves on the host's network is found by it.
 */
export type AddressBlock = string

const BLOCK_PREFIX = 20

/** Picks a block at random that no route of this host touches. */
export function chooseAddressBlock(): AddressBlock {
  const routes = localRoutes()
  for (let tries = 0; tries < 1000; tries++) {
    const network = `10.${randomInt(64, 256)}.${randomInt(0, 16) * 16}.0`
    if (!routes.some((route) => overlap(network, BLOCK_PREFIX, route.network, route.prefix))) {
      return `${network}/${BLOCK_PREFIX}`
    }
  }
  throw new Error('Every 10.x.y.0/20 is in use on this machine: the test bed needs a free one.')
}

/** The network for the engine's first bridge and the pool for those made later, as CIDR. */
export function divide(block: AddressBlock): { gateway: string; first: string; pool: string } {
  const [a, b, c] = addressOf(block).split('.').map(Number)
  return {
    gateway: `${a}.${b}.${c}.1`,
    first: `${a}.${b}.${c}.0/24`,
    pool: `${a}.${b}.${(c ?? 0) + 8}.0/21`,
  }
}

/** A port of 127.0.0.1 that was free a moment ago, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Makes a bridge that is up and has the block's first address. */
export function makeBridge(name: string, block: AddressBlock): void {
  execFileSync('ip', ['link', 'add', name, 'type', 'bridge'])
  execFileSync('ip', ['addr', 'add', `${divide(block).gateway}/24`, 'dev', name])
  execFileSync('ip', ['link', 'set', name, 'up'])
}

/** Removes the bridges and the firewall rules with addresses in the block. */
export function removeTraces(block: AddressBlock): void {
  waitForSync(`the bridges of ${block} to go`, () => {
    const names = interfacesWithin(block)
    for (const name of names) spawnSync('ip', ['link', 'del', name])
    return names.length === 0
  })
  for (const table of ['nat', 'filter']) {
    waitForSync(`the ${table} rules of ${block} to go`, () => {
      const removal = rulesRemoval(table, block)
      if (removal) spawnSync('iptables-restore', ['--noflush', '--wait', '5'], { input: removal })
      return removal === null
    })
  }
}

/** The names of the interfaces that have an address in the block. */
function interfacesWithin(block: AddressBlock): string[] {
  const inside = blockListOf(block)
  return addressesInUse()
    .filter(({ local }) => inside.check(local))
    .map(({ name }) => name)
}

function addressesInUse(): { name: string; local: string }[] {
  const links = JSON.parse(
    execFileSync('ip', ['-json', '-4', 'address'], { encoding: 'utf8' }),
  ) as {
    ifname?: string
    addr_info?: { local?: string }[]
  }[]
  return links.flatMap(({ ifname, addr_info }) =>
    (addr_info ?? []).map(({ local }) => ({ name: ifname ?? '', local: local ?? '' })),
  )
}

/** Routes to networks near enough to be somebody's: not the default one, nor a whole 10.0.0.0/8. */
function localRoutes(): { network: string; prefix: number }[] {
  const routes = JSON.parse(execFileSync('ip', ['-json', '-4', 'route'], { encoding: 'utf8' })) as {
    dst?: string
  }[]
  return routes
    .map(({ dst }) => ({ network: dst?.split('/')[0] ?? '', prefix: prefixOf(dst ?? '') }))
    .filter(({ network, prefix }) => isIPv4(network) && prefix > 8)
}

/**
 * What iptables-restore must be told to remove the rules that Podman's netavark made for the block's
 * networks, with their chains; null when there are none. Netavark writes one chain NETAVARK-<hash>
 * for each network and one NETAVARK-DN-<hash> for its published ports (its
 * src/firewall/varktables/types.rs).
 */
function rulesRemoval(table: string, block: AddressBlock): string | null {
  const inside = blockListOf(block)
  const saved = spawnSync('iptables-save', ['-t', table], { encoding: 'utf8' }).stdout
  const rules = saved.split('\n').filter((line) => line.startsWith('-A '))
  const addressed = rules.filter((rule) =>
    [...rule.matchAll(/\d+\.\d+\.\d+\.\d+/g)].some(([address]) => inside.check(address)),
  )
  const chains = new Set(
    addressed.flatMap((rule) => rule.match(/NETAVARK-(?:DN-)?[0-9A-F]{13}\b/g) ?? []),
  )
  const doomed = rules.filter(
    (rule) => addressed.includes(rule) || rule.split(' ').some((word) => chains.has(word)),
  )
  if (doomed.length === 0) return null
  return [
    `*${table}`,
    ...doomed.map((rule) => rule.replace('-A ', '-D ')),
    ...[...chains].map((chain) => `-X ${chain}`),
    'COMMIT\n',
  ].join('\n')
}

function overlap(a: string, aPrefix: number, b: string, bPrefix: number): boolean {
  return blockListOf(`${a}/${aPrefix}`).check(b) || blockListOf(`${b}/${bPrefix}`).check(a)
}

function blockListOf(cidr: string): BlockList {
  const list = new BlockList()
  list.addSubnet(addressOf(cidr), prefixOf(cidr))
  return list
}

function addressOf(cidr: string): string {
  return cidr.split('/')[0] ?? ''
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1] ?? 32)
}
