import type { ListedNetwork } from '../engines/dialect/networks'
import { listedName } from '../containers/summary'
import type { EngineLink } from '../engines/handshake'
import { attachmentsFromList } from './attachments'
import { membersByNetwork } from './members'

/** Names of the containers that are connected to each network now, running or not, by its id. */
export async function listUsers(
  { client }: EngineLink,
  networks: readonly ListedNetwork[],
): Promise<Map<string, string[]>> {
  const listed = await client.call((docker, abortSignal) =>
    docker.listContainers({ all: true, abortSignal }),
  )
  const members = membersByNetwork(
    networks,
    listed.map(attachmentsFromList),
    listed.map((container) => ({ id: container.Id, name: listedName(container) })),
  )
  return new Map([...members].map(([id, all]) => [id, all.map(({ name }) => name)]))
}
