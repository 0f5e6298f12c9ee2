import { z } from 'zod'
import type { Outcomes } from '../../preload/contract/base'
import { networkProblems } from '../../preload/contract/networkProblems'
import type { Network, NetworkSettings } from '../../preload/contract/networks'
import { say } from '../../preload/contract/say'
import { dial } from '../engines/dial'
import type { EngineLink } from '../engines/handshake'
import { postJson } from '../engines/postJson'
import type { Session } from '../engines/session'
import { Failure, toFailure } from '../errors'
import { forEachItem } from '../outcomes'
import { listNetworks, networkGone } from './list'
import { problemFailure } from './problemFailure'
import { listUsers } from './users'

const made = z.object({ Id: z.string() })

/** Makes a network. A name that is taken is a `conflict`, though Docker would make a second one. */
export async function createNetwork(
  { connection, networks }: Session,
  settings: NetworkSettings,
): Promise<string> {
  const { link } = connection
  const problem = networkProblems(typedOf(settings), await listNetworks(link)).find(
    ({ severity }) => severity === 'error',
  )
  if (problem) throw problemFailure(problem)
  const { name, driver, subnets, internal, attachable, ipv6, options, labels } = settings
  const body = {
    Name: name,
    CheckDuplicate: true,
    Driver: driver,
    Internal: internal,
    Attachable: attachable,
    EnableIPv6: ipv6,
    IPAM: {
      Driver: 'default',
      Config: subnets.map(({ subnet, gateway, range }) => ({
        Subnet: subnet,
        ...(gateway !== null && { Gateway: gateway }),
        ...(range !== null && { IPRange: range }),
      })),
    },
    Options: Object.fromEntries(options.map((option) => [option.name, option.value])),
    Labels: Object.fromEntries(labels.map((label) => [label.name, label.value])),
  }
  try {
    const answer = await postJson(link.client, { path: '/networks/create', query: {}, body })
    return made.parse(answer).Id
  } catch (error) {
    throw asCreateFailure(error, settings)
  } finally {
    networks.look()
  }
}

function typedOf({ name, driver, ipv6, subnets }: NetworkSettings) {
  const texts = subnets.map(({ subnet, gateway, range }) => ({
    subnet,
    gateway: gateway ?? '',
    range: range ?? '',
  }))
  return { name, driver, ipv6, subnets: texts }
}

/** What an engine said against a new network, in words. */
function asCreateFailure(error: unknown, { driver, ipv6 }: NetworkSettings): unknown {
  const { engineMessage = '' } = toFailure(error)
  if (/overlaps|already (?:being )?used|conflicts with/i.test(engineMessage)) {
    return new Failure('conflict', say`Addresses of the subnet are taken.`, {
      engineMessage,
      hint: say`By another network or by this machine: choose another subnet, or leave it to the engine.`,
    })
  }
  if (/already exists/i.test(engineMessage)) {
    return new Failure('conflict', say`There is a network of this name already.`, { engineMessage })
  }
  if (/plugin.*not found|unsupported driver|could not find plugin/i.test(engineMessage)) {
    return new Failure('invalid-input', say`The engine has no network driver "${driver}".`, {
      engineMessage,
      hint: say`Use "bridge", or install the plugin first.`,
    })
  }
  if (ipv6 && /non-overlapping IPv6/i.test(engineMessage)) {
    return new Failure('invalid-input', say`This engine has no IPv6 addresses to give by itself.`, {
      engineMessage,
      hint: say`Add an IPv6 subnet, such as fd00:1:2::/64.`,
    })
  }
  if (/non-overlapping IPv4|free network subnet|free subnet/i.test(engineMessage)) {
    return new Failure('conflict', say`The engine has no free subnet left.`, {
      engineMessage,
      hint: say`Remove networks that nothing uses, or choose a subnet yourself.`,
    })
  }
  return error
}

/**
 * Removes networks. One that containers are connected to is refused (`conflict`) with their names,
 * running or not: without it, those that are stopped could not be started again.
 */
export async function removeNetworks(
  { connection, networks }: Session,
  ids: string[],
): Promise<Outcomes> {
  const { link } = connection
  const listed = await listNetworks(link)
  const known = new Map(listed.map((network) => [network.id, network]))
  const users = await listUsers(link, listed)
  try {
    return await forEachItem(ids, async (id) => {
      const network = known.get(id)
      if (!network) throw networkGone()
      if (network.builtIn) throw cannotGo(network)
      const names = users.get(id)
      if (names) throw inUse(names)
      try {
        await removeNetwork(link, id)
      } catch (error) {
        throw await asRemoveFailure(link, id, error)
      }
      return true
    })
  } finally {
    networks.look()
  }
}

async function removeNetwork({ client }: EngineLink, id: string): Promise<void> {
  await client.call((docker, abortSignal) =>
    dial(docker, {
      path: `/networks/${id}`,
      method: 'DELETE',
      abortSignal,
      statusCodes: { 200: true, 204: true },
    }),
  )
}

/** A container may have been connected since they were listed. */
async function asRemoveFailure(link: EngineLink, id: string, error: unknown): Promise<unknown> {
  const { code, engineMessage = '' } = toFailure(error)
  // Docker says it with 403, Podman with 500.
  if (code !== 'conflict' && !/active endpoints|is being used/i.test(engineMessage)) return error
  const users = await listUsers(link, await listNetworks(link))
  return inUse(users.get(id) ?? [], engineMessage)
}

function cannotGo({ name }: Pick<Network, 'name'>): Failure {
  return new Failure('invalid-input', say`"${name}" comes with the engine and cannot be removed.`)
}

function inUse(names: string[], engineMessage?: string): Failure {
  const hint = say`Disconnect or remove them first; stopping is not enough.`
  if (names.length === 0) {
    return new Failure('conflict', say`It is in use.`, {
      engineMessage,
      hint: say`Disconnect what uses it first.`,
    })
  }
  return new Failure(
    'conflict',
    names.length === 1
      ? say`The container ${names.join('')} is connected to it.`
      : say`Containers are connected to it: ${names.join(', ')}.`,
    { engineMessage, hint },
  )
}
