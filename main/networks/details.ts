import type { NetworkDetails } from '../../preload/contract/networks'
import { getJson } from '../engines/getJson'
import type { EngineLink } from '../engines/handshake'
import { inspectText, isSecretName, mask } from '../masking'
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
  const masked = (pairs: Record<string, string>) =>
    Object.entries(pairs).map(([name, value]) => {
      const hidden = !reveal && value !== '' && isSecretName(name)
      return { name, value: hidden ? mask : value, masked: hidden }
    })
  return {
    id,
    labels: masked(network.labels),
    options: masked(network.options),
    inspectJson: inspectText(answer, reveal),
  }
}
