import { serveApp } from '../../appOnPort'
import { measure } from './measure'

/** Main as a whole. */
await measure(async ({ socketPath, dataFolder }) => ({
  port: await serveApp({ engine: socketPath, dataFolder }),
}))
