import { realpath } from 'node:fs/promises'
import { formatEndpoint, type Endpoint } from './endpoint'

/**
 * Equal for two ways to one engine: paths to one socket (/run and /var/run), and spellings of one pipe. The path
 * as it is where nothing is there now.
 */
export async function identityOf(endpoint: Endpoint): Promise<string> {
  if (endpoint.protocol === 'npipe') return formatEndpoint(endpoint).toLowerCase()
  if (endpoint.protocol !== 'unix') return formatEndpoint(endpoint)
  return formatEndpoint({
    ...endpoint,
    path: await realpath(endpoint.path).catch(() => endpoint.path),
  })
}
