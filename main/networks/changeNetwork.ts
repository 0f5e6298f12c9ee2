import type { EngineLink } from '../engines/handshake'
import { postJson } from '../engines/postJson'

/**
 * Connects a container to a network, or takes it off it.
 *
 * @param network its id or its name.
 */
export async function changeNetwork(
  { client }: EngineLink,
  network: string,
  change: 'connect' | 'disconnect',
  body: object,
): Promise<void> {
  const path = `/networks/${encodeURIComponent(network)}/${change}`
  await postJson(client, { path, query: {}, body })
}
