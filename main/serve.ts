import { join } from 'node:path'
import { version } from '../package.json'
import { createApp } from './app'
import { dataFolder, launchHelp, LaunchError, parseLaunch } from './launch'
import { createSocketServer } from './rpc/sockets'
import { createSecretFile } from './secrets'
import { hasDisplay, openBrowser } from './serve/open-browser'
import { startServer, type RunningServer } from './serve/server'
import { endOnSignals } from './serve/shutdown'

/** The entry of browser mode: the app behind a server on loopback, without Electron. */
async function serve(): Promise<void> {
  const launch = parseLaunch(process.argv.slice(2))
  if (launch.help) {
    console.log(launchHelp)
    return
  }
  const folder = dataFolder()
  const notices = ['Passwords given to Longshore are kept in a file that only this user can read.']
  const app = createApp(
    {
      mode: 'browser',
      version,
      dataFolder: folder,
      secrets: createSecretFile(join(folder, 'secrets.json')),
      notices,
      notify: null,
    },
    { engine: launch.engine, demo: launch.demo },
  )
  let server: RunningServer | null = null
  const end = endOnSignals(async () => {
    await server?.close()
    await app.close()
  })
  try {
    server = await startServer({
      rendererFolder: join(import.meta.dirname, '../renderer'),
      acceptSocket: createSocketServer(app.router),
      port: launch.port,
      onAddressUsed: (next) => console.log(`That address is used up; the next one is ${next}`),
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    end(1)
    return
  }
  const address = server.address()
  console.log(`Longshore is at ${address}`)
  for (const notice of notices) console.log(notice)
  if (launch.open && hasDisplay() && !(await openBrowser(address))) {
    console.log('No browser could be opened; open the address yourself.')
  }
}

serve().catch((error: unknown) => {
  console.error(error instanceof LaunchError ? error.message : error)
  process.exitCode = error instanceof LaunchError ? 2 : 1
})
