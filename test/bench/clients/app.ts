import { once } from 'node:events'
import { join } from 'node:path'
import { WebSocketServer } from 'ws'
import { createApp } from '../../../main/app'
import { createSocketServer } from '../../../main/rpc/sockets'
import { createSecretFile } from '../../../main/secrets'
import { measure } from './measure'

/** Main as a whole, behind the transport of browser mode without its door. */
await measure(async ({ socketPath, dataFolder }) => {
  const app = createApp(
    {
      mode: 'browser',
      version: '0.0.0-bench',
      dataFolder,
      secrets: createSecretFile(join(dataFolder, 'secrets.json')),
      notices: [],
      notify: null,
    },
    { engine: socketPath, demo: false },
  )
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  const accept = createSocketServer(app.router)
  server.on('connection', (socket) => void accept(socket))
  await once(server, 'listening')
  const address = server.address()
  return address !== null && typeof address === 'object' ? { port: address.port } : {}
})
