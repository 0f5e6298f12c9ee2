import { contains, parseAddress, parseBlock } from '../../preload/contract/addresses'
import type { ConnectInput, Network } from '../../preload/contract/networks'
import { say, spokenLanguage } from '../../preload/contract/say'
import { isAlive } from '../containers/model'
import type { EngineLink } from '../engines/handshake'
import type { Session } from '../engines/session'
import { Failure, toFailure } from '../errors'
import { changeNetwork } from './changeNetwork'
import { findNetwork } from './list'

type Connection = Omit<ConnectInput, 'engineId'>

/** Connects a container to a network, at once where it runs; a stopped one has it from its next start. */
export async function connectContainer(
  session: Session,
  { id, containerId, aliases = [], ipv4 = null, ipv6 = null }: Connection,
): Promise<void> {
  const { link } = session.connection
  const network = await networkToJoin(link, id)
  if (aliases.length > 0 && !network.resolvesNames) {
    throw new Failure('invalid-input', say`Names are not resolved on "${network.name}".`, {
      hint: say`Aliases need a network that resolves names: one that you made.`,
    })
  }
  for (const address of [ipv4, ipv6]) if (address !== null) refuseOutside(address, network)
  const body = {
    Container: containerId,
    EndpointConfig: {
      ...(aliases.length > 0 && { Aliases: aliases }),
      ...((ipv4 !== null || ipv6 !== null) && {
        IPAMConfig: {
          ...(ipv4 !== null && { IPv4Address: ipv4 }),
          ...(ipv6 !== null && { IPv6Address: ipv6 }),
        },
      }),
    },
  }
  try {
    await changeNetwork(link, id, 'connect', body)
  } catch (error) {
    throw asConnectFailure(error, network)
  } finally {
    session.containers.look(containerId)
  }
}

/**
 * Takes a container off a network. One that does not run is taken off by force: there is nothing to
 * take down, and Docker refuses some of them without.
 */
export async function disconnectContainer(
  session: Session,
  { id, containerId }: Pick<Connection, 'id' | 'containerId'>,
): Promise<void> {
  const { link } = session.connection
  const body = { Container: containerId, Force: doesNotRun(session, containerId) }
  try {
    await changeNetwork(link, id, 'disconnect', body)
  } catch (error) {
    throw asDisconnectFailure(error)
  } finally {
    session.containers.look(containerId)
  }
}

function doesNotRun({ containers }: Session, containerId: string): boolean {
  const container = containers.collection.get(containerId)
  return container !== undefined && !isAlive(container)
}

async function networkToJoin(
  link: EngineLink,
  id: string,
): Promise<Pick<Network, 'name' | 'resolvesNames' | 'subnets'>> {
  const network = await findNetwork(link, id)
  if (network.driver === 'host' || network.driver === 'null') {
    throw new Failure('invalid-input', say`A container cannot be connected to "${network.name}".`, {
      hint: say`It can only be made with it.`,
    })
  }
  return network
}

/** Podman takes any address for a container that does not run, which then cannot start. */
function refuseOutside(
  address: string,
  { name, subnets }: Pick<Network, 'name' | 'subnets'>,
): void {
  const parsed = parseAddress(address)
  const blocks = subnets.flatMap(({ subnet }) => parseBlock(subnet) ?? [])
  if (parsed && blocks.some((block) => contains(block, parsed))) return
  throw new Failure('invalid-input', say`${address} is not an address of "${name}".`, {
    hint:
      blocks.length > 0
        ? say`It has ${new Intl.ListFormat(spokenLanguage()).format(subnets.map(({ subnet }) => subnet))}.`
        : undefined,
  })
}

function asConnectFailure(error: unknown, { name }: Pick<Network, 'name'>): unknown {
  const { engineMessage = '' } = toFailure(error)
  if (/already (?:connected|exists|attached)|is already connected/i.test(engineMessage)) {
    return new Failure('conflict', say`It is connected to "${name}" already.`, { engineMessage })
  }
  if (/address already in use|already allocated|already in use/i.test(engineMessage)) {
    return new Failure('conflict', say`Another container has this address.`, {
      engineMessage,
      hint: say`Choose another one, or leave it to the network.`,
    })
  }
  if (/user configured subnets/i.test(engineMessage)) {
    return new Failure('invalid-input', say`Addresses on "${name}" are given by the engine.`, {
      engineMessage,
      hint: say`Choosing one needs a network that was made with a subnet.`,
    })
  }
  return asModeFailure(error, engineMessage)
}

function asDisconnectFailure(error: unknown): unknown {
  const { engineMessage = '' } = toFailure(error)
  if (/is not connected/i.test(engineMessage)) {
    return new Failure('not-found', say`It is not connected any more.`, { engineMessage })
  }
  return asModeFailure(error, engineMessage)
}

/** One that shares the network of the host or of another container, or has none, keeps to it. */
function asModeFailure(error: unknown, engineMessage: string): unknown {
  if (
    /sharing network namespace|network mode|network stack|is not supported/i.test(engineMessage)
  ) {
    return new Failure('conflict', say`The way it is connected cannot be changed.`, {
      engineMessage,
      hint: say`It was made with the network of the host or of another container, or with none.`,
    })
  }
  return error
}
