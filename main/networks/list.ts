import { say } from '../../preload/contract/say'
import type { ListedNetwork } from '../engines/dialect/networks'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'
import { Failure } from '../errors'

/** Every network that the engine has, without its members. */
export async function listNetworks(
  { client, dialect }: EngineLink,
  signal?: AbortSignal,
): Promise<ListedNetwork[]> {
  const answer = await getJson(client, dialect.networks.listPath, { signal })
  return dialect.networks.list(answer)
}

/** Throws `not-found` where the engine has none of this id. */
export async function findNetwork(link: EngineLink, id: string): Promise<ListedNetwork> {
  const network = (await listNetworks(link)).find((each) => each.id === id)
  if (!network) throw networkGone()
  return network
}

export function networkGone(): Failure {
  return new Failure('not-found', say`The network is not there any more.`)
}
