import type { Container, PortUse } from '../../../preload/contract/containers'
import type { PortSetting } from '../../../preload/contract/containerSettings'
import type { Connection } from '../../engines/connection'
import { isLocal } from '../../engines/endpoint'
import { isAlive } from '../model'
import { portState, type PortState } from './hostPorts'

type StateOf = (place: Pick<PortSetting, 'hostIp' | 'protocol'>, port: number) => Promise<PortState>

/** How many ports are tried for one that is free. */
const mostTries = 50

/**
 * Who has the host ports that a container is to have, and a free one near each.
 *
 * @param containers Those of the engine, without one that is about to be replaced.
 * @param stateOf Looks for programs of the machine; null: the engine is elsewhere.
 */
export async function portUse(
  ports: readonly PortSetting[],
  containers: readonly Container[],
  stateOf: StateOf | null,
): Promise<PortUse[]> {
  // What is suggested in one row is not suggested in another.
  const suggested = [...ports]
  const uses: PortUse[] = []
  for (const wanted of ports) {
    const freePort = await findFree(wanted, suggested, containers, stateOf)
    if (freePort !== null) suggested.push({ ...wanted, hostPort: freePort })
    uses.push({ holder: await holderOf(wanted, containers, stateOf), freePort })
  }
  return uses
}

/** Null where programs of this machine say nothing about the engine's ports. */
export function portsOfThisMachine({ endpoint, link }: Connection): StateOf | null {
  const isHere = isLocal(endpoint) && (process.platform !== 'linux' || link.facts.sharesKernel)
  return isHere ? portState : null
}

async function holderOf(
  wanted: PortSetting,
  containers: readonly Container[],
  stateOf: StateOf | null,
): Promise<PortUse['holder']> {
  if (wanted.hostPort === null) return null
  const holders = containers.filter(({ ports }) => ports.some((port) => collide(wanted, port)))
  const holder = holders.find(isAlive) ?? holders[0]
  if (holder && isAlive(holder)) return asHolder(holder, true)
  const state = (await stateOf?.(wanted, wanted.hostPort)) ?? 'free'
  if (state === 'no-such-address') return { kind: 'no-such-address' }
  if (state === 'taken') return { kind: 'program' }
  return holder ? asHolder(holder, false) : null
}

const asHolder = ({ id, name }: Container, running: boolean) =>
  ({ kind: 'container', id, name, running }) as const

async function findFree(
  wanted: PortSetting,
  others: readonly PortSetting[],
  containers: readonly Container[],
  stateOf: StateOf | null,
): Promise<number | null> {
  const first = wanted.hostPort === null ? usualPort(wanted.containerPort) : wanted.hostPort + 1
  for (let port = first; port <= 65_535 && port < first + mostTries; port++) {
    const asked = { ...wanted, hostPort: port }
    const isTaken =
      others.some((other) => collide(asked, other)) ||
      containers.some(({ ports }) => ports.some((other) => collide(asked, other)))
    if (!isTaken && ((await stateOf?.(asked, port)) ?? 'free') === 'free') return port
  }
  return null
}

/** As people choose it: 8080 for 80, 8443 for 443, and the same above 1023. */
function usualPort(containerPort: number): number {
  return containerPort < 1_024 ? 8_000 + containerPort : containerPort
}

type Place = Pick<PortSetting, 'hostIp' | 'hostPort' | 'protocol'>

/** Both cannot be opened on one machine. */
function collide(one: Place, other: Place): boolean {
  if (one.hostPort === null || one.hostPort !== other.hostPort) return false
  if (one.protocol !== other.protocol) return false
  return one.hostIp === other.hostIp || isEvery(one.hostIp) || isEvery(other.hostIp)
}

const isEvery = (address: string) => ['', '0.0.0.0', '::'].includes(address)
