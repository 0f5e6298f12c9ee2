import type { NetworkDetails } from '../../preload/contract/networks'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'
import { inspectText, maskPairs } from '../masking'
import { findNetwork } from './list'

/** Everything about one network; `reveal` shows the values that are masked otherwise. */
export async function inspectNetwork(
  link: EngineLink,
  id: string,
  reveal: boolean,
): Promise<NetworkDetails> {
  const network = await findNetwork(link, id)
  const path = link.dialect.networks.inspectPath(id)
  const answer = path === null ? network : await getJson(link.client, path)
  return {
    id,
    labels: maskPairs(network.labels, reveal),
    options: maskPairs(network.options, reveal),
    inspectJson: inspectText(answer, reveal),
  }
}
