import { say } from '../preload/contract/say'
import { join } from 'node:path'
import { version } from '../package.json'
import { createApp } from './app'
import { dataFolder, launchHelp, LaunchError, parseLaunch } from './launch'
import { keepLog } from './log'
import { LogFile } from './logFile'
import { createSocketServer } from './rpc/sockets'
import { createSecretFile } from './secrets'
import { hasDisplay, openBrowser } from './serve/open-browser'
import { makeListen, type Listen } from './serve/listen'
import { startServer, type RunningServer } from './serve/server'
import { endOnSignals } from './serve/shutdown'

/** The entry of browser mode: the app behind a server on loopback, without Electron. */
async function serve(): Promise<void> {
  const launch = parseLaunch(process.argv.slice(2))
  if (launch.help) {
    console.log(launchHelp)
    return
  }
  const listen = await makeListen(launch.listen)
  const folder = dataFolder()
  keepLog(new LogFile(folder))
  const notices = () => [
    say`Passwords given to Longshore are kept in a file that only this user can read.`,
  ]
  // The terminal's are English, which is spoken until the app is there.
  const printed = notices()
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
      listen,
      idleMillis: launch.idleHours * 3_600_000,
      onAddressUsed: (next) => console.log(`That address is used up; the next one is ${next}`),
      onExpired: (next) =>
        console.log(
          `A browser was not used for ${launch.idleHours} h; to let it in again: ${next}`,
        ),
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    end(1)
    return
  }
  const address = server.address()
  console.log(`Longshore is at ${address}`)
  console.log(letInNotice(listen, launch.idleHours))
  for (const notice of printed) console.log(notice)
  if (launch.open && hasDisplay() && !(await openBrowser(address))) {
    console.log('No browser could be opened; open the address yourself.')
  }
}

/** How browsers are let in, and how again. */
function letInNotice({ fileToken }: Listen, idleHours: number): string {
  const again = `when a browser was not used for ${idleHours} h`
  return fileToken === null
    ? `It opens one browser, once. The next address is printed here then, and ${again}.`
    : `It asks for the token of the file, and again ${again}.`
}

serve().catch((error: unknown) => {
  console.error(error instanceof LaunchError ? error.message : error)
  process.exitCode = error instanceof LaunchError ? 2 : 1
})
