import type { ListedNetwork } from '../engines/dialect/networks'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'

/** Every network that the engine has, without its members. */
export async function listNetworks(
  { client, dialect }: EngineLink,
  signal?: AbortSignal,
): Promise<ListedNetwork[]> {
  const answer = await getJson(client, dialect.networks.listPath, { signal })
  return dialect.networks.list(answer)
}
